//! What `check --json` and others print against `proofs/check.schema.json` and its neighbours.
//!
//! The few keywords that the schemas use are read here; any other fails the test, so that the
//! schema cannot promise what nobody checks.

use super::crease;
use crate::support::root;
use serde_json::Value;

const KEYWORDS: [&str; 16] = [
    "$defs",
    "$ref",
    "$schema",
    "additionalProperties",
    "anyOf",
    "const",
    "description",
    "enum",
    "items",
    "maximum",
    "minimum",
    "pattern",
    "properties",
    "required",
    "title",
    "type",
];

#[test]
fn what_check_prints_is_what_the_schema_says() {
    // Few cases let twins survive, and no time at all leaves everything undecided: both are shapes
    // of their own.
    let claims = ["perceptron", "regions/one_layer_maximum_as_printed"];
    for budget in [&[][..], &["--cases", "1"], &["--time", "0"]] {
        assert_valid(&crease([&["check", "--json"], &claims[..], budget].concat()).out);
    }
}

#[test]
fn the_schema_is_not_satisfied_by_anything() {
    let schema = schema("check");
    let run = crease(["check", "--json", "perceptron/mistake_bound", "--cases", "8"]);
    let good: Value = serde_json::from_str(&run.out).expect("one JSON value");
    type Damage = (&'static str, fn(&mut Value));
    let damages: [Damage; 6] = [
        ("$.seed", |run| run["seed"] = (-1).into()),
        ("$.extra", |run| run["extra"] = 0.into()),
        ("$.summary.twins", |run| {
            run["summary"].as_object_mut().expect("an object").remove("twins");
        }),
        ("$.claims[0].verdict", |run| run["claims"][0]["verdict"] = "maybe".into()),
        ("$.claims[0].id", |run| run["claims"][0]["id"] = "Mistake Bound".into()),
        ("$.claims[0].tightest", |run| {
            run["claims"][0]["tightest"]["finding"]["found"] = 0.5.into();
        }),
    ];
    for (place, damage) in damages {
        let mut value = good.clone();
        damage(&mut value);
        let offences = offences(&schema, &schema, &value, "$");
        assert!(offences.iter().any(|offence| offence.starts_with(place)), "{place}: {offences:?}");
    }
}

/// Panics unless the text is what `proofs/check.schema.json` says.
pub fn assert_valid(text: &str) {
    assert_valid_by("check", text);
}

/// Panics unless the text is what the schema of this command says.
pub fn assert_valid_by(command: &str, text: &str) {
    let schema = schema(command);
    let value: Value = serde_json::from_str(text).expect("one JSON value");
    assert_eq!(offences(&schema, &schema, &value, "$"), Vec::<String>::new(), "{text}");
}

fn schema(command: &str) -> Value {
    let path = format!("proofs/{command}.schema.json");
    let text = std::fs::read_to_string(root(&path)).expect("the schema");
    serde_json::from_str(&text).expect("the schema is JSON")
}

/// Where and how the value is not what the schema says.
fn offences(whole: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    let keywords = schema.as_object().expect("a schema is an object");
    for keyword in keywords.keys() {
        assert!(KEYWORDS.contains(&keyword.as_str()), "the schema uses {keyword}");
    }
    if let Some(path) = keywords.get("$ref") {
        let path = path.as_str().and_then(|path| path.strip_prefix('#')).expect("a local $ref");
        let target = whole.pointer(path).unwrap_or_else(|| panic!("no {path} in the schema"));
        found.extend(offences(whole, target, value, at));
    }
    if let Some(types) = keywords.get("type") {
        let is = |name: &Value| is_of_type(name.as_str().expect("a type is a word"), value);
        if !types.as_array().map_or_else(|| is(types), |types| types.iter().any(is)) {
            found.push(format!("{at}: {value} is not of type {types}"));
        }
    }
    if let Some(Value::Array(values)) = keywords.get("enum")
        && !values.contains(value)
    {
        found.push(format!("{at}: {value} is none of {values:?}"));
    }
    if let (Some(least), Some(number)) = (keywords.get("minimum"), value.as_i64())
        && Some(number) < least.as_i64()
    {
        found.push(format!("{at}: {number} is below {least}"));
    }
    if let (Some(pattern), Some(text)) = (keywords.get("pattern"), value.as_str())
        && !matches(pattern.as_str().expect("a pattern is text"), text)
    {
        found.push(format!("{at}: {text} does not match {pattern}"));
    }
    if let Some(Value::Array(choices)) = keywords.get("anyOf") {
        let each: Vec<_> = choices.iter().map(|s| offences(whole, s, value, at)).collect();
        if each.iter().all(|offences| !offences.is_empty()) {
            found.extend(each.into_iter().flatten());
        }
    }
    if let (Some(item), Some(values)) = (keywords.get("items"), value.as_array()) {
        for (i, value) in values.iter().enumerate() {
            found.extend(offences(whole, item, value, &format!("{at}[{i}]")));
        }
    }
    if let Some(object) = value.as_object() {
        found.extend(object_offences(whole, schema, object, at));
    }
    found
}

fn object_offences(
    whole: &Value,
    schema: &Value,
    object: &serde_json::Map<String, Value>,
    at: &str,
) -> Vec<String> {
    let mut found = Vec::new();
    for name in schema["required"].as_array().into_iter().flatten() {
        let name = name.as_str().expect("a name");
        if !object.contains_key(name) {
            found.push(format!("{at}.{name}: missing"));
        }
    }
    for (name, value) in object {
        match schema["properties"].get(name) {
            Some(property) => {
                found.extend(offences(whole, property, value, &format!("{at}.{name}")));
            }
            None if schema["additionalProperties"] == false => {
                found.push(format!("{at}.{name}: not in the schema"));
            }
            None => {}
        }
    }
    found
}

fn is_of_type(name: &str, value: &Value) -> bool {
    match name {
        "array" => value.is_array(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "object" => value.is_object(),
        "string" => value.is_string(),
        other => panic!("the schema uses the type {other}"),
    }
}

/// The patterns of the schemas.
fn matches(pattern: &str, text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let word = |text: &str| {
        let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        !text.is_empty() && text.bytes().all(letter)
    };
    match pattern {
        "^[0-9]+$" => digits(text),
        "^-?[0-9]+(/[0-9]+)?$" => {
            let text = text.strip_prefix('-').unwrap_or(text);
            text.split_once('/').map_or_else(|| digits(text), |(p, q)| digits(p) && digits(q))
        }
        "^[a-z_0-9]+/[a-z_0-9]+$" => text.split_once('/').is_some_and(|(a, b)| word(a) && word(b)),
        other => panic!("the schema uses the pattern {other}"),
    }
}
