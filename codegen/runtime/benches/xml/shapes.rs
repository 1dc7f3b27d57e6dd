//! The shapes, as the generator writes them.

// Most of it is there to be read into.
#![allow(dead_code, missing_docs)]

use smithy_rt::endpoint::{self, ContextParams, Endpoint, EndpointError, EndpointSettings};
use smithy_rt::protocol::{EC2_QUERY, REST_XML};
use smithy_rt::{DateTime, Operation, OperationSchema, Service, UnknownValue, UnmodeledError, xml};

static S3: Service = Service {
    id: "S3",
    auth: &[smithy_rt::AuthScheme::SigV4],
    signing_name: Some("s3"),
    signing: smithy_rt::Signing::new(),
    token_variable: None,
    crate_version: "1.0.0",
    protocol: &REST_XML,
    sensitive_errors: &[],
    headers: &[],
    resolve_endpoint,
    endpoint_depends_on_call: false,
};

static EC2: Service = Service {
    id: "EC2",
    auth: &[smithy_rt::AuthScheme::SigV4],
    signing_name: Some("ec2"),
    signing: smithy_rt::Signing::new(),
    token_variable: None,
    crate_version: "1.0.0",
    protocol: &EC2_QUERY,
    sensitive_errors: &[],
    headers: &[],
    resolve_endpoint,
    endpoint_depends_on_call: false,
};

fn resolve_endpoint(
    _settings: &EndpointSettings,
    _context: &ContextParams,
) -> Result<Endpoint, EndpointError> {
    endpoint::at("https://example.com")
}

pub struct ListObjects;

impl Operation for ListObjects {
    type Request = Nothing;
    type Response = ListObjectsOutput;
    type Error = AnyError;

    const SERVICE: &'static Service = &S3;
    const SCHEMA: OperationSchema =
        OperationSchema::new("AmazonS3", "ListObjectsV2").xml_output(xml!("ListBucketResult"));
}

pub struct DescribeInstances;

impl Operation for DescribeInstances {
    type Request = Nothing;
    type Response = DescribeInstancesResult;
    type Error = AnyError;

    const SERVICE: &'static Service = &EC2;
    const SCHEMA: OperationSchema = OperationSchema::new("AmazonEC2", "DescribeInstances");
}

#[derive(Debug)]
pub enum AnyError {
    Unmodeled(UnmodeledError),
}

smithy_rt::service_error!(AnyError {});

/// A structure of members that are all optional.
macro_rules! shape {
    ($module:ident::$builder:ident, $name:ident { $($field:ident: $type:ty = $member:literal, $maybe:ident $(.timestamps($format:ident))? $(, $xml:tt)?;)* }) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $(pub $field: Option<$type>,)*
        }

        smithy_rt::structure!($module::$builder, [], $name {
            $($field: optional::<$type>($member, $maybe) $(.timestamps($format))? $(.xml $xml)?),*
        });
    };
}

shape!(nothing::NothingBuilder, Nothing {});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListObjectsOutput {
    pub name: Option<String>,
    pub contents: Vec<Object>,
}

smithy_rt::structure!(
    list_objects::ListObjectsBuilder,
    [contents],
    ListObjectsOutput {
        name: optional::<String>("Name", maybe_name),
        contents: required::<Vec<Object>>("Contents").xml(flattened),
    }
);

shape!(object::ObjectBuilder, Object {
    key: String = "Key", maybe_key;
    last_modified: DateTime = "LastModified", maybe_last_modified.timestamps(DateTime);
    e_tag: String = "ETag", maybe_e_tag;
    checksum_algorithm: Vec<Word> = "ChecksumAlgorithm", maybe_checksum_algorithm, (flattened);
    size: i64 = "Size", maybe_size;
    storage_class: Word = "StorageClass", maybe_storage_class;
    owner: Owner = "Owner", maybe_owner;
});

shape!(owner::OwnerBuilder, Owner {
    display_name: String = "DisplayName", maybe_display_name;
    id: String = "ID", maybe_id;
});

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Word {
    Standard,
    Crc64Nvme,
    Running,
    T2Micro,
    Unknown(UnknownValue),
}

smithy_rt::string_enum!(Word {
    Standard: "STANDARD",
    Crc64Nvme: "CRC64NVME",
    Running: "running",
    T2Micro: "t2.micro",
});

shape!(describe_instances::DescribeInstancesBuilder, DescribeInstancesResult {
    next_token: String = "NextToken", maybe_next_token, ("nextToken");
    reservations: Vec<Reservation> = "Reservations", maybe_reservations, ("reservationSet", element("item"));
});

shape!(reservation::ReservationBuilder, Reservation {
    reservation_id: String = "ReservationId", maybe_reservation_id, ("reservationId");
    owner_id: String = "OwnerId", maybe_owner_id, ("ownerId");
    groups: Vec<String> = "Groups", maybe_groups, ("groupSet", element("item"));
    instances: Vec<Instance> = "Instances", maybe_instances, ("instancesSet", element("item"));
});

shape!(instance::InstanceBuilder, Instance {
    instance_id: String = "InstanceId", maybe_instance_id, ("instanceId");
    image_id: String = "ImageId", maybe_image_id, ("imageId");
    state: State = "State", maybe_state, ("instanceState");
    private_dns_name: String = "PrivateDnsName", maybe_private_dns_name, ("privateDnsName");
    public_dns_name: String = "PublicDnsName", maybe_public_dns_name, ("dnsName");
    reason: String = "StateTransitionReason", maybe_reason, ("reason");
    ami_launch_index: i32 = "AmiLaunchIndex", maybe_ami_launch_index, ("amiLaunchIndex");
    instance_type: Word = "InstanceType", maybe_instance_type, ("instanceType");
    launch_time: DateTime = "LaunchTime", maybe_launch_time.timestamps(DateTime), ("launchTime");
    placement: Placement = "Placement", maybe_placement, ("placement");
    tags: Vec<Tag> = "Tags", maybe_tags, ("tagSet", element("item"));
    ebs_optimized: bool = "EbsOptimized", maybe_ebs_optimized, ("ebsOptimized");
});

shape!(state::StateBuilder, State {
    code: i32 = "Code", maybe_code, ("code");
    name: Word = "Name", maybe_name, ("name");
});

shape!(placement::PlacementBuilder, Placement {
    availability_zone: String = "AvailabilityZone", maybe_availability_zone, ("availabilityZone");
    tenancy: Word = "Tenancy", maybe_tenancy, ("tenancy");
});

shape!(tag::TagBuilder, Tag {
    key: String = "Key", maybe_key, ("key");
    value: String = "Value", maybe_value, ("value");
});
