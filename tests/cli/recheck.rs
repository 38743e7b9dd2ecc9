//! `crease recheck` on folders: every certificate below, and the worst of them decides.

use super::{crease, folder, root};
use std::fs;
use std::path::Path;

fn recheck(path: &Path) -> (i32, String, String) {
    let run = crease(["recheck", path.to_str().expect("a path in UTF-8")]);
    (run.code, run.out, run.err)
}

#[test]
fn a_folder_stands_for_the_certificates_below_it() {
    let kept = root("fixtures/certificates");
    let (code, out, err) = recheck(&kept);
    assert_eq!((code, err.as_str()), (0, ""));
    let names = fs::read_dir(&kept).expect("a folder").count();
    assert_eq!(out.matches(": accepted, ").count(), names, "{out}");

    let above = folder("recheck-folder");
    fs::create_dir_all(above.join("a/b")).expect("a folder");
    fs::create_dir_all(above.join("empty")).expect("a folder");
    fs::write(above.join("a/notes.txt"), "no certificate").expect("a file");
    let (code, _, err) = recheck(&above);
    assert_eq!((code, err.contains("no certificate is in this folder")), (1, true), "{err}");
    fs::copy(kept.join("cubic.cert"), above.join("a/b/cubic.cert")).expect("a copy");
    let (code, out, _) = recheck(&above);
    assert_eq!((code, out.matches(": accepted, ").count()), (0, 1), "{out}");
    let forged = root("fixtures/forgeries/affine_part_wrong.cert");
    fs::copy(forged, above.join("z.cert")).expect("a copy");
    let (code, out, _) = recheck(&above);
    assert_eq!((code, out.matches(": refused: ").count()), (5, 1), "{out}");
}
