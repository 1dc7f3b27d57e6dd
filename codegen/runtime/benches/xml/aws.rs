//! AWS's reader, called as the code in AWS's crates does: an element after the other, whose name is compared with that of each member.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::primitive::Parse;
use aws_smithy_xml::decode::{Document, ScopedDecoder, try_data};

use crate::shapes::{Instance, Object, Owner, Placement, Reservation, State, Tag, Word};

/// Reads the text of an element.
macro_rules! text {
    ($tag:ident) => {
        Some(try_data(&mut $tag).expect("text").into_owned())
    };
}

/// Reads an enum.
macro_rules! word {
    ($tag:ident) => {
        Some(Word::from(try_data(&mut $tag).expect("text").as_ref()))
    };
}

/// Reads a number or a boolean.
macro_rules! primitive {
    ($tag:ident, $type:ty) => {
        Some(
            <$type>::parse_smithy_primitive(try_data(&mut $tag).expect("text").as_ref())
                .expect("a primitive"),
        )
    };
}

/// Reads a date-time.
macro_rules! date_time {
    ($tag:ident) => {{
        let text = try_data(&mut $tag).expect("text");
        Some(DateTime::from_str(text.as_ref(), Format::DateTimeWithOffset).expect("a time"))
    }};
}

/// Reads a list whose elements are called so.
macro_rules! list {
    ($tag:ident, $read:expr) => {{
        let mut list = Vec::new();
        while let Some(mut tag) = $tag.next_tag() {
            if tag.start_el().matches("item") {
                list.push($read(&mut tag));
            }
        }
        Some(list)
    }};
}

/// Reads a page of objects.
pub fn objects(document: &str) -> Vec<Object> {
    let mut document = Document::try_from(document.as_bytes()).expect("UTF-8");
    let mut root = document.root_element().expect("a root");
    assert!(root.start_el().matches("ListBucketResult"));
    let mut contents = Vec::new();
    let mut name = None;
    while let Some(mut tag) = root.next_tag() {
        let element = tag.start_el();
        if element.matches("Name") {
            name = text!(tag);
        } else if element.matches("Contents") {
            contents.push(object(&mut tag));
        }
    }
    drop(name);
    contents
}

fn object(decoder: &mut ScopedDecoder<'_, '_>) -> Object {
    let mut object = Object::default();
    while let Some(mut tag) = decoder.next_tag() {
        match tag.start_el() {
            it if it.matches("Key") => object.key = text!(tag),
            it if it.matches("LastModified") => object.last_modified = date_time!(tag),
            it if it.matches("ETag") => object.e_tag = text!(tag),
            it if it.matches("ChecksumAlgorithm") => {
                let list = object.checksum_algorithm.get_or_insert_default();
                list.extend(word!(tag));
            }
            it if it.matches("Size") => object.size = primitive!(tag, i64),
            it if it.matches("StorageClass") => object.storage_class = word!(tag),
            it if it.matches("Owner") => object.owner = Some(owner(&mut tag)),
            _ => {}
        }
    }
    object
}

fn owner(decoder: &mut ScopedDecoder<'_, '_>) -> Owner {
    let mut owner = Owner::default();
    while let Some(mut tag) = decoder.next_tag() {
        match tag.start_el() {
            it if it.matches("DisplayName") => owner.display_name = text!(tag),
            it if it.matches("ID") => owner.id = text!(tag),
            _ => {}
        }
    }
    owner
}

/// Reads a page of instances.
pub fn instances(document: &str) -> Vec<Reservation> {
    let mut document = Document::try_from(document.as_bytes()).expect("UTF-8");
    let mut root = document.root_element().expect("a root");
    assert!(root.start_el().matches("DescribeInstancesResponse"));
    let mut reservations = None;
    while let Some(mut tag) = root.next_tag() {
        if tag.start_el().matches("reservationSet") {
            reservations = list!(tag, reservation);
        }
    }
    reservations.unwrap_or_default()
}

fn reservation(decoder: &mut ScopedDecoder<'_, '_>) -> Reservation {
    let mut reservation = Reservation::default();
    while let Some(mut tag) = decoder.next_tag() {
        match tag.start_el() {
            it if it.matches("reservationId") => reservation.reservation_id = text!(tag),
            it if it.matches("ownerId") => reservation.owner_id = text!(tag),
            it if it.matches("groupSet") => reservation.groups = Some(Vec::new()),
            it if it.matches("instancesSet") => reservation.instances = list!(tag, instance),
            _ => {}
        }
    }
    reservation
}

fn instance(decoder: &mut ScopedDecoder<'_, '_>) -> Instance {
    let mut instance = Instance::default();
    while let Some(mut tag) = decoder.next_tag() {
        match tag.start_el() {
            it if it.matches("instanceId") => instance.instance_id = text!(tag),
            it if it.matches("imageId") => instance.image_id = text!(tag),
            it if it.matches("instanceState") => instance.state = Some(state(&mut tag)),
            it if it.matches("privateDnsName") => instance.private_dns_name = text!(tag),
            it if it.matches("dnsName") => instance.public_dns_name = text!(tag),
            it if it.matches("reason") => instance.reason = text!(tag),
            it if it.matches("amiLaunchIndex") => instance.ami_launch_index = primitive!(tag, i32),
            it if it.matches("instanceType") => instance.instance_type = word!(tag),
            it if it.matches("launchTime") => instance.launch_time = date_time!(tag),
            it if it.matches("placement") => instance.placement = Some(placement(&mut tag)),
            it if it.matches("tagSet") => instance.tags = list!(tag, self::tag),
            it if it.matches("ebsOptimized") => instance.ebs_optimized = primitive!(tag, bool),
            _ => {}
        }
    }
    instance
}

fn state(decoder: &mut ScopedDecoder<'_, '_>) -> State {
    let mut state = State::default();
    while let Some(mut tag) = decoder.next_tag() {
        match tag.start_el() {
            it if it.matches("code") => state.code = primitive!(tag, i32),
            it if it.matches("name") => state.name = word!(tag),
            _ => {}
        }
    }
    state
}

fn placement(decoder: &mut ScopedDecoder<'_, '_>) -> Placement {
    let mut placement = Placement::default();
    while let Some(mut tag) = decoder.next_tag() {
        match tag.start_el() {
            it if it.matches("availabilityZone") => placement.availability_zone = text!(tag),
            it if it.matches("tenancy") => placement.tenancy = word!(tag),
            _ => {}
        }
    }
    placement
}

fn tag(decoder: &mut ScopedDecoder<'_, '_>) -> Tag {
    let mut tags = Tag::default();
    while let Some(mut tag) = decoder.next_tag() {
        match tag.start_el() {
            it if it.matches("key") => tags.key = text!(tag),
            it if it.matches("value") => tags.value = text!(tag),
            _ => {}
        }
    }
    tags
}
