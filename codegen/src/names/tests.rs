use super::*;

/// A name of a model, and its snake and Pascal case.
const CASES: &[(&str, &str, &str)] = &[
    // Plain.
    ("foo", "foo", "Foo"),
    ("Foo", "foo", "Foo"),
    ("fooBar", "foo_bar", "FooBar"),
    ("FooBar", "foo_bar", "FooBar"),
    ("foo_bar", "foo_bar", "FooBar"),
    ("FOO_BAR", "foo_bar", "FooBar"),
    ("foo-bar", "foo_bar", "FooBar"),
    ("foo.bar/baz qux", "foo_bar_baz_qux", "FooBarBazQux"),
    ("__foo__bar__", "foo_bar", "FooBar"),
    ("A", "a", "A"),
    ("AStruct", "a_struct", "AStruct"),
    ("fooB", "foo_b", "FooB"),
    // Acronyms.
    (
        "StartFHIRImportJob",
        "start_fhir_import_job",
        "StartFhirImportJob",
    ),
    (
        "StartFHIRImportJobRequest",
        "start_fhir_import_job_request",
        "StartFhirImportJobRequest",
    ),
    ("FHIRVersion", "fhir_version", "FhirVersion"),
    ("KMSKeyARN", "kms_key_arn", "KmsKeyArn"),
    ("KmsKeyId", "kms_key_id", "KmsKeyId"),
    ("DBSnapshotARN", "db_snapshot_arn", "DbSnapshotArn"),
    ("APIId", "api_id", "ApiId"),
    ("XMLHttpRequest", "xml_http_request", "XmlHttpRequest"),
    ("HTTPSProxyURL", "https_proxy_url", "HttpsProxyUrl"),
    ("SMARTV1", "smartv1", "Smartv1"),
    ("SMART_ON_FHIR_V1", "smart_on_fhir_v1", "SmartOnFhirV1"),
    ("SMARTonFHIR", "smar_ton_fhir", "SmarTonFhir"),
    // Acronyms side by side.
    ("AWSKMSKeyARN", "aws_kms_key_arn", "AwsKmsKeyArn"),
    ("SSEKMSKeyId", "sse_kms_key_id", "SseKmsKeyId"),
    ("S3URI", "s3_uri", "S3Uri"),
    ("HTTPSURLs", "https_urls", "HttpsUrls"),
    ("AMIIDs", "ami_ids", "AmiIds"),
    ("DBIDX", "dbidx", "Dbidx"),
    // Plurals of acronyms.
    ("SecurityGroupIDs", "security_group_ids", "SecurityGroupIds"),
    ("SecurityGroupIds", "security_group_ids", "SecurityGroupIds"),
    ("VPCs", "vpcs", "Vpcs"),
    ("URLs", "urls", "Urls"),
    ("ARNs", "arns", "Arns"),
    ("KMSKeyARNsList", "kms_key_arns_list", "KmsKeyArnsList"),
    ("AZs", "azs", "Azs"),
    ("IDsConfig", "ids_config", "IdsConfig"),
    ("URLsafe", "ur_lsafe", "UrLsafe"),
    ("IsActive", "is_active", "IsActive"),
    // Versions.
    ("IPv4", "ipv4", "Ipv4"),
    ("IPv6CidrBlock", "ipv6_cidr_block", "Ipv6CidrBlock"),
    ("AssignIPv6", "assign_ipv6", "AssignIpv6"),
    ("Ipv4Address", "ipv4_address", "Ipv4Address"),
    ("IPV4", "ipv4", "Ipv4"),
    ("TLSv1_2", "tlsv1_2", "Tlsv1_2"),
    ("TLSv12Policy", "tlsv12_policy", "Tlsv12Policy"),
    // Digits.
    ("S3Uri", "s3_uri", "S3Uri"),
    ("s3Uri", "s3_uri", "S3Uri"),
    ("s3_uri", "s3_uri", "S3Uri"),
    ("S3BucketName", "s3_bucket_name", "S3BucketName"),
    ("EC2Instance", "ec2_instance", "Ec2Instance"),
    ("EC2SecurityGroup", "ec2_security_group", "Ec2SecurityGroup"),
    ("MD5OfBody", "md5_of_body", "Md5OfBody"),
    ("SHA256", "sha256", "Sha256"),
    ("x86_64", "x86_64", "X86_64"),
    ("Route53Resolver", "route53_resolver", "Route53Resolver"),
    ("TLS_1_2", "tls_1_2", "Tls1_2"),
    ("m5.2xlarge", "m5_2xlarge", "M5_2xlarge"),
    ("2XLarge", "2x_large", "2xLarge"),
    ("1.0", "1_0", "1_0"),
    ("10", "10", "10"),
    // Words with capitals in the middle.
    ("OAuth2Token", "oauth2_token", "Oauth2Token"),
    ("OAuthProvider", "oauth_provider", "OauthProvider"),
    ("IoTSiteWise", "iot_site_wise", "IotSiteWise"),
    ("AWSIoTCore", "aws_iot_core", "AwsIotCore"),
    ("GraphQLApi", "graphql_api", "GraphqlApi"),
    ("MaxVCpus", "max_vcpus", "MaxVcpus"),
    ("vCPUs", "vcpus", "Vcpus"),
    ("SizeInGiB", "size_in_gib", "SizeInGib"),
    (
        "ThroughputInMiBps",
        "throughput_in_mibps",
        "ThroughputInMibps",
    ),
    ("gRPCRoute", "grpc_route", "GrpcRoute"),
    ("WiFinder", "wi_finder", "WiFinder"),
    ("DynamoDBTable", "dynamo_db_table", "DynamoDbTable"),
    // What no identifier can hold.
    ("", "", ""),
    ("_", "", ""),
    ("*", "", ""),
    ("größe", "gr_e", "GrE"),
    ("日本", "", ""),
    ("a²", "a", "A"),
];

#[test]
fn cases() {
    for (name, in_snake, in_pascal) in CASES {
        assert_eq!(
            (snake(name).as_str(), pascal(name).as_str()),
            (*in_snake, *in_pascal),
            "{name}"
        );
    }
}

#[test]
fn names_that_stand_alone() {
    let all = |name: &str| [type_name(name), method(name), module(name), constant(name)].join(" ");
    for (name, expected) in [
        ("FooBar", "FooBar foo_bar foo_bar FOO_BAR"),
        ("Type", "Type r#type type_ TYPE"),
        ("Gen", "Gen r#gen gen_ GEN"),
        ("Self", "Self_ self_ self_ SELF"),
        ("Crate", "Crate crate_ crate_ CRATE"),
        ("Super", "Super super_ super_ SUPER"),
        ("Mod", "Mod r#mod mod_ MOD"),
        ("Union", "Union union union UNION"),
        ("Aux", "Aux aux aux_ AUX"),
        ("Com1", "Com1 com1 com1_ COM1"),
        ("Com10", "Com10 com10 com10 COM10"),
        ("2xlarge", "_2xlarge _2xlarge _2xlarge _2XLARGE"),
        ("", "Empty empty empty EMPTY"),
        ("__", "Empty empty empty EMPTY"),
        (
            ">=",
            "GreaterEqual greater_equal greater_equal GREATER_EQUAL",
        ),
        ("*", "Star star star STAR"),
        ("日本", "Value value value VALUE"),
    ] {
        assert_eq!(all(name), expected, "{name}");
    }
}

#[test]
fn packages() {
    for (sdk_id, expected) in [
        ("HealthLake", "healthlake"),
        (
            "Application Discovery Service",
            "application-discovery-service",
        ),
        ("SSO Admin", "sso-admin"),
        ("3D", "client-3d"),
        ("Box", "client-box"),
        ("", "client"),
    ] {
        assert_eq!(package(sdk_id), expected, "{sdk_id}");
    }
}

#[test]
fn every_name_is_an_identifier() {
    let keywords = [
        "self",
        "Self",
        "super",
        "crate",
        "_",
        "async",
        "await",
        "dyn",
        "gen",
        "try",
        "union",
        "raw",
        "safe",
        "macro_rules",
    ];
    for name in CASES.iter().map(|(name, ..)| *name).chain(keywords) {
        for rust in [type_name(name), method(name), module(name), constant(name)]
            .into_iter()
            .chain(fields([name]))
        {
            assert_eq!(ident(&rust).to_string(), rust, "{name}");
            assert!(syn::parse_str::<syn::Ident>(&rust).is_ok(), "{rust}");
        }
    }
}

#[test]
fn names_of_enum_values_without_names() {
    let names: Vec<_> = ["a-b", "1.0", "_1", "", ">", "ab c", "é"]
        .into_iter()
        .map(enum_member_of)
        .collect();
    assert_eq!(
        names,
        ["a_b", "_1_0", "_1", "Empty", "Greater", "ab_c", "Value"]
    );
}

#[test]
fn a_scope_gives_each_name_once() {
    let mut scope = Scope::new(["Option", "Result", "FooBuilder"]);
    assert_eq!(scope.claim("Option", "Shape"), "OptionShape");
    assert_eq!(scope.claim("Option", "Shape"), "OptionShape2");
    assert_eq!(scope.claim("OptionShape2", "Shape"), "OptionShape2_2");
    assert_eq!(scope.claim("Bar", "Shape"), "Bar");
    assert_eq!(scope.claim("Bar", "Shape"), "Bar2");
    assert_eq!(scope.claim("Bar", "Shape"), "Bar3");
    assert_eq!(scope.claim_with_builder("Foo", "Shape"), "Foo2");
    assert!(!scope.is_free("Foo2Builder"));
    assert_eq!(scope.claim("Foo2Builder", "Shape"), "Foo2Builder2");
    assert_eq!(scope.claim("Self_", ""), "Self_");
    assert_eq!(scope.claim("Self_", ""), "Self2");
    assert_eq!(scope.claim("foo", ""), "foo");
    assert_eq!(scope.claim("foo", ""), "foo_2");
    assert_eq!(scope.claim("type_", ""), "type_");
    assert_eq!(scope.claim("type_", ""), "type_2");
    assert_eq!(scope.claim("r#type", ""), "r#type");
    assert_eq!(scope.claim("r#type", ""), "type_3");
    assert_eq!(scope.claim_first(&["Bar", "BarOperation"]), "BarOperation");
    assert_eq!(scope.claim_first(&["Bar", "BarOperation"]), "BarOperation2");
    assert_eq!(scope.claim("M", ""), "M");
    assert_eq!(scope.claim("M", ""), "M2");
    assert_eq!(scope.claim("_2xlarge", ""), "_2xlarge");
    assert_eq!(scope.claim("_2xlarge", ""), "_2xlarge2");
}

#[test]
fn fields_differ_from_each_other_and_from_a_builders_methods() {
    for (members, expected) in [
        (
            &["jobName", "JobName", "job_name"][..],
            &["job_name", "job_name_2", "job_name_3"][..],
        ),
        (
            &["type", "self", "Self", "async", "Build", "builder"],
            &["r#type", "self_", "self_2", "r#async", "build_", "builder"],
        ),
        (&["x", "MaybeX"], &["x", "maybe_x_2"]),
        (&["MaybeX", "x"], &["maybe_x", "x_2"]),
        (&["x1", "x_1", "X1"], &["x1", "x_1", "x1_2"]),
        (&["_2d", "", "_"], &["n_2d", "empty", "empty_2"]),
        (
            &["build", "build_", "maybe_build"],
            &["build_", "build_2", "maybe_build"],
        ),
        (&["dyn", "dyn_"], &["r#dyn", "dyn_2"]),
    ] {
        assert_eq!(fields(members.iter().copied()), expected);
    }
}

#[test]
fn variants_differ_from_each_other() {
    let names = |members: &[&str]| variants(members.iter().copied(), &["Unknown"], "Value");
    assert_eq!(
        names(&["ACTIVE", "Active", "active"]),
        ["Active2", "Active", "Active3"]
    );
    assert_eq!(
        names(&["UNKNOWN", "Unknown", "Self", "UnknownValue"]),
        ["UnknownValue2", "UnknownValue3", "Self_", "UnknownValue"]
    );
    assert_eq!(
        names(&["1.0", "10", "_1_0", "2xlarge"]),
        ["_1_0_2", "_10", "_1_0", "_2xlarge"]
    );
    assert_eq!(
        names(&["", "*", "**", "+"]),
        ["Empty", "Star", "StarStar", "Plus"]
    );
    assert_eq!(
        names(&["m", "M", "x_y", "X_Y", "2x", "2X"]),
        ["M2", "M", "XY", "XY2", "_2x", "_2x2"]
    );
}

#[test]
fn a_name_that_is_too_long_for_a_file_is_cut() {
    let long = "aB".repeat(200);
    for name in [type_name(&long), method(&long), module(&long)] {
        assert!((100..=200).contains(&name.len()), "{name}");
        assert!(!name.ends_with('_'));
    }
    let response = type_name_with(&long, "OperationResponse");
    assert!(response.ends_with("OperationResponse") && response.len() <= 200);
    assert_eq!(method_with("wait_until", "2Ready"), "wait_until_2_ready");
    let mut scope = Scope::default();
    assert_ne!(
        scope.claim(&module(&long), ""),
        scope.claim(&module(&long), "")
    );
}
