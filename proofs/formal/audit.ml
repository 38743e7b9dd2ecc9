(* Reads the sources of the proofs as text: strips comments, finds statements, digests them.

     ocaml audit.ml words FILE...                 words that a proof may not contain, with their place
     ocaml audit.ml digests SPEC... -- CLAIMS     a line for each theorem of CLAIMS: name and digest

   The digest of a theorem is FNV-1a, 64 bits, of the specifications and its statement, without
   comments and with single spaces between words. *)
let read name =
  let channel = open_in_bin name in
  let text = really_input_string channel (in_channel_length channel) in
  close_in channel;
  text

(* Comments nest. Line feeds stay, so that places stay. *)
let strip text =
  let n = String.length text in
  let out = Buffer.create n in
  let rec go i depth =
    if i >= n then (if depth > 0 then failwith "a comment does not end")
    else if i + 1 < n && text.[i] = '(' && text.[i + 1] = '*' then go (i + 2) (depth + 1)
    else if depth > 0 && i + 1 < n && text.[i] = '*' && text.[i + 1] = ')' then go (i + 2) (depth - 1)
    else begin
      if depth = 0 then Buffer.add_char out text.[i]
      else if text.[i] = '\n' then Buffer.add_char out '\n';
      go (i + 1) depth
    end in
  go 0 0;
  Buffer.contents out

let is_space c = c = ' ' || c = '\n' || c = '\t' || c = '\r'
let words text =
  String.split_on_char ' ' (String.map (fun c -> if is_space c then ' ' else c) text)
  |> List.filter (fun w -> w <> "")
let normal text = String.concat " " (words text)

let fnv text =
  let step hash c = Int64.mul (Int64.logxor hash (Int64.of_int (Char.code c))) 0x100000001b3L in
  String.fold_left step 0xcbf29ce484222325L text

(* From `Theorem NAME` to the full stop before `Proof.` *)
let statements text =
  let rec theorem = function
    | "Theorem" :: name :: rest -> statement name [ name; "Theorem" ] rest
    | _ :: rest -> theorem rest
    | [] -> []
  and statement name taken = function
    | "Proof." :: rest -> (name, String.concat " " (List.rev taken)) :: theorem rest
    | word :: rest -> statement name (word :: taken) rest
    | [] -> failwith (name ^ ": a statement without Proof.") in
  theorem (words text)

let forbidden =
  [ "Axiom"; "Axioms"; "Parameter"; "Parameters"; "Conjecture"; "Hypothesis_"; "Admitted"; "admit"; "give_up";
    "Abort"; "Unset"; "bypass_check"; "Redirect"; "Load"; "Declare"; "Primitive"; "Register" ]
let is_letter c = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c = '_' || (c >= '0' && c <= '9')
(* `Variable` and `Hypothesis` are axioms outside of a section. *)
let audit name =
  let bad = ref false and depth = ref 0 in
  let say line what = bad := true; Printf.printf "%s:%d: %s\n" name (line + 1) what in
  List.iteri (fun line text ->
    let word = Buffer.create 16 and all = ref [] in
    let flush () = if Buffer.length word > 0 then (all := Buffer.contents word :: !all; Buffer.clear word) in
    String.iter (fun c -> if is_letter c then Buffer.add_char word c else flush ()) text;
    flush ();
    let all = List.rev !all in
    List.iter (fun w -> if List.mem w forbidden
      && not (w = "Unset" && String.length text > 6 && String.sub text 0 3 = "Set")
      && not (w = "Declare" && List.mem "Scope" all)
      then say line w) all;
    match all with
    | "Section" :: _ -> incr depth
    | "End" :: _ -> decr depth
    | ("Variable" | "Variables" | "Hypothesis" | "Hypotheses" | "Context") :: _ when !depth = 0 ->
        say line "a variable outside of a section is an axiom"
    | _ -> ()) (String.split_on_char '\n' (strip (read name)));
  !bad

let () =
  match List.tl (Array.to_list Sys.argv) with
  | "words" :: files -> if List.exists Fun.id (List.map audit files) then exit 1
  | "digests" :: rest ->
      let rec split specs = function
        | [ "--"; claims ] -> (List.rev specs, claims)
        | file :: rest -> split (file :: specs) rest
        | [] -> failwith "digests SPEC... -- CLAIMS" in
      let specs, claims = split [] rest in
      let spec = List.map (fun f -> normal (strip (read f))) specs in
      List.iter (fun (name, statement) ->
        Printf.printf "%s %016Lx\n" name (fnv (String.concat " " (spec @ [ statement ]))))
        (statements (strip (read claims)))
  | _ -> prerr_endline "audit.ml words FILE... | digests SPEC... -- CLAIMS"; exit 2
