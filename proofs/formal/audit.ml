(* Reads the sources of the proofs as text: strips comments, finds statements, digests them.

     ocaml audit.ml words FILE...                 what a proof may not contain, with its place
     ocaml audit.ml claims FILE...                what is there besides imports, theorems and proofs
     ocaml audit.ml digests CLAIMS <PREAMBLE      a line for each theorem of CLAIMS: name and digest
     ocaml audit.ml statements CLAIMS             the same statements, admitted: for a module type

   The digest of a theorem is FNV-1a, 64 bits, of its statement after the files that give it a meaning:
   all that the preamble requires, and what these require, each after those that it needs. They
   are taken without comments and closed proofs, with single spaces between words. *)
let read name =
  let channel = open_in_bin name in
  let text = really_input_string channel (in_channel_length channel) in
  close_in channel;
  text

let rec read_all channel text =
  match input_line channel with line -> read_all channel (text ^ line ^ "\n") | exception End_of_file -> text

(* Comments nest. Line feeds stay, so that places stay. Strings could hide a comment, or a comment a
   string: a comment has no quotation mark, and a string is on one line and has no parentheses. *)
let strip text =
  let n = String.length text in
  let out = Buffer.create n in
  let rec go i depth =
    if i >= n then (if depth > 0 then failwith "a comment does not end")
    else if i + 1 < n && text.[i] = '(' && text.[i + 1] = '*' then go (i + 2) (depth + 1)
    else if depth > 0 && i + 1 < n && text.[i] = '*' && text.[i + 1] = ')' then go (i + 2) (depth - 1)
    else if text.[i] = '"' then begin
      if depth > 0 then failwith "a quotation mark in a comment";
      let stop = match String.index_from_opt text (i + 1) '"' with
        | Some j -> j
        | None -> failwith "a string does not end" in
      let inside = String.sub text (i + 1) (stop - i - 1) in
      if String.exists (fun c -> c = '\n' || c = '(' || c = ')') inside then
        failwith "a string with a parenthesis or a line feed";
      Buffer.add_string out (String.sub text i (stop - i + 1));
      go (stop + 1) 0
    end
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

(* What a file says to others: nobody sees what is between `Proof.` and `Qed.` *)
let code text =
  let rec go acc = function
    | [] -> List.rev acc
    | "Proof." :: rest -> proof acc [ "Proof." ] rest
    | word :: rest -> go (word :: acc) rest
  and proof acc taken = function
    | "Qed." :: rest -> go acc rest
    | "Defined." :: rest -> go ("Defined." :: (taken @ acc)) rest
    | word :: rest -> proof acc (word :: taken) rest
    | [] -> failwith "a proof that does not end" in
  go [] (words text)

(* The files of ours that a text requires, each after those that it requires itself. *)
let reached text =
  let file m = List.find Sys.file_exists [ "checker/" ^ m ^ ".v"; "mathematics/" ^ m ^ ".v" ] in
  let rec required inside = function
    | "From" :: "Crease" :: "Require" :: rest -> required true rest
    | ("Import" | "Export") :: rest -> required inside rest
    | word :: rest when inside ->
        let n = String.length word - 1 in
        if word.[n] = '.' then String.sub word 0 n :: required false rest else word :: required true rest
    | _ :: rest -> required false rest
    | [] -> [] in
  let rec reach seen m =
    if List.mem m seen then seen else List.fold_left reach seen (required false (words (strip (read (file m))))) @ [ m ] in
  List.map file (List.fold_left reach [] (required false (words text)))

(* Sentences end with a full stop before a space; each with the line that it starts on. *)
let sentences text =
  let n = String.length text in
  (* `start` is -1 between sentences. *)
  let rec go i line start first acc =
    if i >= n then List.rev (if start < 0 then acc else (first, normal (String.sub text start (n - start))) :: acc)
    else if is_space text.[i] then go (i + 1) (if text.[i] = '\n' then line + 1 else line) start first acc
    else
      let start, first = if start < 0 then i, line else start, first in
      if text.[i] = '.' && (i + 1 = n || is_space text.[i + 1]) then
        go (i + 1) line (-1) line ((first, normal (String.sub text start (i - start + 1))) :: acc)
      else go (i + 1) line start first acc in
  go 0 1 (-1) 1 []

let forbidden =
  [ "Axiom"; "Axioms"; "Parameter"; "Parameters"; "Conjecture"; "Conjectures"; "Admitted"; "admit"; "give_up"; "Abort";
    "bypass_check"; "Redirect"; "Load"; "Primitive"; "Register"; "Module"; "Drop" ]
let allowed = [ "Unset Strict Implicit."; "Unset Printing Implicit Defensive."; "Set Implicit Arguments."; "Declare Scope of_scope." ]
let variables = [ "Variable"; "Variables"; "Hypothesis"; "Hypotheses"; "Context" ]
let is_letter c = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c = '_' || (c >= '0' && c <= '9') || c = '\''
let letters text = words (String.map (fun c -> if is_letter c then c else ' ') text)
(* What `judge` says of a sentence is printed with its place. *)
let audit judge name =
  let bad = ref false in
  let say line what = bad := true; Printf.printf "%s:%d: %s\n" name line what in
  (match sentences (strip (read name)) with
   | all -> List.iter (fun (line, sentence) -> judge (say line) name sentence) all
   | exception Failure what -> say 1 what);
  !bad

(* `Variable` and `Hypothesis` are axioms outside of a section. *)
let proofs () =
  let depth = ref 0 in
  fun say name sentence ->
    let all = letters sentence in
    List.iter (fun w ->
      if List.mem w forbidden then say w;
      if (w = "Unset" || w = "Declare") && not (List.mem sentence allowed) then say sentence;
      if (w = "Extract" || w = "Extraction") && Filename.basename name <> "Extract.v" then say w;
      if List.mem w variables && !depth = 0 then say "a variable outside of a section is an axiom") all;
    match all with
    | "Section" :: _ -> incr depth
    | "End" :: _ -> decr depth
    | ("Set" | "Global" | "Local" | "Export") :: rest
      when (List.hd all = "Set" || List.mem "Set" rest) && not (List.mem sentence allowed) -> say sentence
    | _ -> ()

(* The files whose statements are digested: nothing between them may change what they mean. *)
let claims () =
  let after = ref "Qed." in
  fun say _ sentence ->
    let first = List.hd (words sentence) in
    let is_tactic = first.[0] >= 'a' && first.[0] <= 'z' in
    let is_expected = match !after with
      | "Qed." -> List.mem first [ "From"; "Import"; "Theorem" ] || List.mem sentence allowed
          || sentence = "Local Open Scope ring_scope."
      | "Theorem" -> sentence = "Proof."
      | "Proof." -> is_tactic
      | _ -> is_tactic || sentence = "Qed." in
    if not is_expected then say ("neither import, nor theorem, nor proof: " ^ sentence);
    after := if first = "Theorem" || first = "Proof." then first
      else if !after = "Proof." || (!after = "tactic" && first <> "Qed.") then "tactic"
      else "Qed."

let () =
  match List.tl (Array.to_list Sys.argv) with
  | "words" :: files -> if List.exists Fun.id (List.map (fun f -> audit (proofs ()) f) files) then exit 1
  | "claims" :: files -> if List.exists Fun.id (List.map (fun f -> audit (claims ()) f) files) then exit 1
  | [ "statements"; claims ] ->
      List.iter (fun (_, statement) -> Printf.printf "%s Admitted.\n" statement) (statements (strip (read claims)))
  | [ "digests"; claims ] ->
      let spec = List.concat_map (fun f -> code (strip (read f))) (reached (read_all stdin "")) in
      List.iter (fun (name, statement) ->
        Printf.printf "%s %016Lx\n" name (fnv (String.concat " " (spec @ [ statement ]))))
        (statements (strip (read claims)))
  | _ -> prerr_endline "audit.ml words FILE... | claims FILE... | digests CLAIMS <PREAMBLE | statements CLAIMS"; exit 2
