//! Splits a name of a model into words.
//!
//! This is the table in front of `heck`, which then joins the words in the case that is wanted. As for `heck`, a word starts where
//! an upper case letter follows a lower case one or a digit, and at the last letter of a run of capitals that lower case letters
//! follow (`DNSImport`: `DNS`, `Import`). Acronyms are kept together beyond that: with a plural
//! `s` (`IDs`), with a version (`IPv4`), and by tables of words that look like two (`IoT`) and of acronyms that stand next to each
//! other (`AWSKMSKey`).

/// Words with capitals in the middle.
const WORDS: &[&str] = &[
    "FaaS",
    "GBps",
    "GiB",
    "GraphQL",
    "IaaS",
    "IoT",
    "KBps",
    "KiB",
    "LoRaWAN",
    "MBps",
    "MiB",
    "MiBps",
    "OAuth",
    "OAuth2",
    "PaaS",
    "PiB",
    "PostgreSQL",
    "SaaS",
    "TBps",
    "TiB",
    "VCpu",
    "WiFi",
    "eBPF",
    "gRPC",
    "iOS",
    "mTLS",
    "vCPU",
    "vCpu",
];

/// Acronyms that are told apart where nothing stands between them, longer ones before what they start with.
const ACRONYMS: &[&str] = &[
    "ACL", "ACM", "AMI", "API", "ARN", "AWS", "CIDR", "CLI", "CPU", "CSV", "DB", "DNS", "EBS",
    "EC2", "ECR", "ECS", "EFS", "EKS", "GPU", "HTML", "HTTPS", "HTTP", "IAM", "ID", "IP", "JSON",
    "JWT", "KMS", "LDAP", "MFA", "RDS", "S3", "SAML", "SNS", "SQL", "SQS", "SSE", "SSH", "SSL",
    "SSM", "SSO", "STS", "TCP", "TLS", "TTL", "UDP", "URI", "URL", "UUID", "VPC", "XML",
];

/// The words of a name, in lower case. What is neither an ASCII letter nor a digit only separates words.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for mut rest in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        while !rest.is_empty() {
            let (acronyms, length) = next(rest);
            let (word, after) = rest.split_at_checked(length.max(1)).unwrap_or((rest, ""));
            push(&mut words, word, acronyms);
            rest = after;
        }
    }
    words
}

/// The length of the word that the text starts with, and how much of it is a run of capitals that may be several acronyms.
fn next(text: &str) -> (usize, usize) {
    if let Some(length) = fixed(text) {
        return (0, length);
    }
    let run = count(text, |c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let after = text.get(run..).unwrap_or_default();
    if run >= 2 {
        if let Some(digits) = after
            .strip_prefix('v')
            .map(|after| count(after, |c| c.is_ascii_digit()))
            .filter(|digits| *digits > 0)
        {
            return (run, run + 1 + digits);
        }
        if after.is_empty() || is_plural(after) {
            return (run, run + after.len().min(1));
        }
        if text
            .get(..run)
            .is_some_and(|run| run.ends_with(|c: char| c.is_ascii_uppercase()))
        {
            return (run - 1, run - 1);
        }
    }
    (
        0,
        run + count(after, |c| c.is_ascii_lowercase() || c.is_ascii_digit()),
    )
}

/// The length of the longest of [`WORDS`] that the text starts with, its plural `s` included.
fn fixed(text: &str) -> Option<usize> {
    let lengths = WORDS.iter().filter_map(|word| {
        let after = text.strip_prefix(word)?;
        let length = word.len() + usize::from(is_plural(after));
        let ends = text
            .get(length..)?
            .starts_with(|c: char| !c.is_ascii_lowercase());
        (ends || text.len() == length).then_some(length)
    });
    lengths.max()
}

/// Returns `true` if the text is the `s` of a plural, and the word ends there.
fn is_plural(after: &str) -> bool {
    after
        .strip_prefix('s')
        .is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// Appends a word, or the acronyms that it starts with and what is left, which belongs to the last of them.
fn push(words: &mut Vec<String>, word: &str, capitals: usize) {
    let (run, tail) = word.split_at_checked(capitals).unwrap_or((word, ""));
    let mut lengths = acronyms(run);
    lengths.pop();
    let mut rest = run;
    for length in lengths {
        let (acronym, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        words.push(acronym.to_ascii_lowercase());
        rest = after;
    }
    words.push(format!("{rest}{tail}").to_ascii_lowercase());
}

/// The lengths of the acronyms that a run is made of; none unless they make up all of it.
fn acronyms(run: &str) -> Vec<usize> {
    // From the end: the length of the acronym that starts at each place and leaves a rest made of acronyms.
    let mut starts = vec![None; run.len()];
    for (start, _) in run.char_indices().rev() {
        let mut fitting = ACRONYMS.iter().filter(|acronym| {
            run.get(start..)
                .is_some_and(|rest| rest.starts_with(**acronym))
        });
        let found = fitting.find(|acronym| {
            starts
                .get(start + acronym.len())
                .is_none_or(Option::is_some)
        });
        starts
            .get_mut(start)
            .into_iter()
            .for_each(|place| *place = found.map(|acronym| acronym.len()));
    }
    let mut lengths = Vec::new();
    let mut start = 0;
    while let Some(length) = starts.get(start).copied().flatten() {
        lengths.push(length);
        start += length;
    }
    lengths
}

fn count(text: &str, counts: impl Fn(char) -> bool) -> usize {
    text.find(|c| !counts(c)).unwrap_or(text.len())
}
