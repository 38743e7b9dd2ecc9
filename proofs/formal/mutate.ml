(* Writes mutants of texts: ocaml mutate.ml COUNT SEED FOLDER, file names on standard input.
   One line dropped, doubled or exchanged with the next; or one word changed, dropped or doubled. *)
let read name =
  let channel = open_in_bin name in
  let text = really_input_string channel (in_channel_length channel) in
  close_in channel;
  text
let rec input_lines acc = match input_line stdin with line -> input_lines (line :: acc) | exception End_of_file -> List.rev acc
let pick a = a.(Random.int (Array.length a))
let number word =
  match Random.int 6, int_of_string_opt word with
  | 0, Some n -> string_of_int (n + 1)
  | 1, Some n -> string_of_int (n - 1)
  | 2, Some n -> string_of_int (-n)
  | 3, Some n -> string_of_int (2 * n)
  | 4, _ -> pick [| "0"; "1"; "S"; "Z"; "P"; "N"; "C"; "A"; "O"; "end"; "+"; "1/2" |]
  | _ -> word ^ pick [| "0"; "1"; " 1"; "/2"; ":1"; "|" |]
let word line =
  let words = Array.of_list (String.split_on_char ' ' line) in
  let i = Random.int (Array.length words) in
  let changed = match Random.int 5 with
    | 0 -> ""
    | 1 -> words.(i) ^ " " ^ words.(i)
    | _ -> (match String.index_opt words.(i) ':' with
        | Some j when Random.bool () -> String.sub words.(i) 0 (j + 1) ^ number (String.sub words.(i) (j + 1) (String.length words.(i) - j - 1))
        | Some j -> number (String.sub words.(i) 0 j) ^ String.sub words.(i) j (String.length words.(i) - j)
        | None -> number words.(i)) in
  words.(i) <- changed;
  String.concat " " (List.filter (fun w -> w <> "") (Array.to_list words))
let () =
  let count = int_of_string Sys.argv.(1) and folder = Sys.argv.(3) in
  Random.init (int_of_string Sys.argv.(2));
  let texts = Array.of_list (List.map (fun f -> Array.of_list (String.split_on_char '\n' (read f))) (input_lines [])) in
  for m = 1 to count do
    let lines = Array.copy (pick texts) in
    let n = Array.length lines - 1 in
    let i = Random.int n in
    (match Random.int 8 with
     | 0 -> lines.(i) <- "\000"
     | 1 -> lines.(i) <- lines.(i) ^ "\n" ^ lines.(i)
     | 2 when i + 1 < n -> let line = lines.(i) in lines.(i) <- lines.(i + 1); lines.(i + 1) <- line
     | _ -> lines.(i) <- word lines.(i));
    let kept = List.filter (fun line -> line <> "\000") (Array.to_list lines) in
    let channel = open_out_bin (Printf.sprintf "%s/m%06d.cert" folder m) in
    output_string channel (String.concat "\n" kept);
    close_out channel
  done
