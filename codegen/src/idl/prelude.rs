//! The shapes that every file may name without defining them: Smithy's prelude with its traits, and well-known libraries.

/// The namespace of the prelude.
pub const NAMESPACE: &str = "smithy.api";

/// Types of values, by name and kind.
const TYPES: &[(&str, &str)] = &[
    ("Blob", "blob"),
    ("Boolean", "boolean"),
    ("String", "string"),
    ("Byte", "byte"),
    ("Short", "short"),
    ("Integer", "integer"),
    ("Long", "long"),
    ("Float", "float"),
    ("Double", "double"),
    ("BigInteger", "bigInteger"),
    ("BigDecimal", "bigDecimal"),
    ("Timestamp", "timestamp"),
    ("Document", "document"),
    ("Unit", "structure"),
    ("PrimitiveBoolean", "boolean"),
    ("PrimitiveByte", "byte"),
    ("PrimitiveShort", "short"),
    ("PrimitiveInteger", "integer"),
    ("PrimitiveLong", "long"),
    ("PrimitiveFloat", "float"),
    ("PrimitiveDouble", "double"),
];

/// Traits whose values are objects.
const STRUCTURES: &[&str] = &[
    "addedDefault",
    "authDefinition",
    "box",
    "clientOptional",
    "cors",
    "deprecated",
    "endpoint",
    "eventHeader",
    "eventPayload",
    "externalDocumentation",
    "hostLabel",
    "http",
    "httpApiKeyAuth",
    "httpBasicAuth",
    "httpBearerAuth",
    "httpChecksumRequired",
    "httpDigestAuth",
    "httpLabel",
    "httpPayload",
    "httpQueryParams",
    "httpResponseCode",
    "idRef",
    "idempotencyToken",
    "idempotent",
    "input",
    "internal",
    "length",
    "mixin",
    "nestedProperties",
    "noReplace",
    "notProperty",
    "optionalAuth",
    "output",
    "paginated",
    "private",
    "property",
    "protocolDefinition",
    "range",
    "readonly",
    "recommended",
    "requestCompression",
    "required",
    "requiresLength",
    "retryable",
    "sensitive",
    "sparse",
    "streaming",
    "trait",
    "traitValidators",
    "unitType",
    "uniqueItems",
    "unstable",
    "xmlAttribute",
    "xmlFlattened",
    "xmlNamespace",
];

/// Traits whose values are arrays.
const LISTS: &[&str] = &["auth", "enum", "examples", "references", "suppress", "tags"];

/// Traits with other values, which cannot be left out.
const OTHERS: &[(&str, &str)] = &[
    ("default", "document"),
    ("documentation", "string"),
    ("enumValue", "document"),
    ("error", "enum"),
    ("httpError", "integer"),
    ("httpHeader", "string"),
    ("httpPrefixHeaders", "string"),
    ("httpQuery", "string"),
    ("jsonName", "string"),
    ("mediaType", "string"),
    ("pattern", "string"),
    ("resourceIdentifier", "string"),
    ("since", "string"),
    ("timestampFormat", "enum"),
    ("title", "string"),
    ("xmlName", "string"),
];

/// Returns the kind of a shape of the prelude, and whether it is a trait.
pub fn kind(name: &str) -> Option<(&'static str, bool)> {
    let of_pairs = |pairs: &'static [(&str, &'static str)]| {
        let found = pairs.iter().find(|(known, _)| *known == name);
        found.map(|(_, kind)| *kind)
    };
    if let Some(kind) = of_pairs(TYPES) {
        return Some((kind, false));
    }
    let kind = if STRUCTURES.contains(&name) {
        Some("structure")
    } else if LISTS.contains(&name) {
        Some("list")
    } else {
        of_pairs(OTHERS)
    };
    kind.map(|kind| (kind, true))
}

/// Returns the names of all types, or of all traits.
pub fn names(are_traits: bool) -> Box<dyn Iterator<Item = &'static str>> {
    if are_traits {
        let named = STRUCTURES.iter().chain(LISTS).copied();
        Box::new(named.chain(OTHERS.iter().map(|(name, _)| *name)))
    } else {
        Box::new(TYPES.iter().map(|(name, _)| *name))
    }
}

/// Returns `true` for the namespace of traits that AWS and the Smithy project define in packages of their own. Models use them without
/// having their definitions.
pub fn is_library(namespace: &str) -> bool {
    namespace.starts_with("aws.") || LIBRARIES.contains(&namespace)
}

const LIBRARIES: &[&str] = &[
    "smithy.cli",
    "smithy.contracts",
    "smithy.framework",
    "smithy.mqtt",
    "smithy.openapi",
    "smithy.protocols",
    "smithy.rules",
    "smithy.synthetic",
    "smithy.test",
    "smithy.waiters",
    "smithy.jmespath",
];

/// The namespace of [`FRAMEWORK`].
pub const FRAMEWORK_NAMESPACE: &str = "smithy.framework";

/// The error of servers that check what they are sent, which Smithy's own package defines.
pub const FRAMEWORK: &str = r#"$version: "2.0"
namespace smithy.framework

/// A request is not as the model says.
@error("client")
structure ValidationException {
    /// The mistake, in short.
    @required
    message: String

    /// What is wrong with members. One that is wrong in several ways comes several times.
    fieldList: ValidationExceptionFieldList
}

/// What is wrong with a member.
structure ValidationExceptionField {
    /// The JSON pointer to the member.
    @required
    path: String

    /// The mistake in it.
    @required
    message: String
}

list ValidationExceptionFieldList {
    member: ValidationExceptionField
}
"#;
