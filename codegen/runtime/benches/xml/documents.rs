//! The responses.

/// Returns a page of objects, as S3 writes it.
pub fn objects(count: usize) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>example-bucket</Name>\
        <Prefix>photos/</Prefix><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>"
        .to_owned();
    for number in 0..count {
        xml.push_str(&format!(
            "<Contents><Key>photos/2025/11/a&amp;b/image-{number:08}.jpg</Key>\
             <LastModified>2025-11-25T02:49:02.000Z</LastModified>\
             <ETag>&quot;fba9dede5f27731c9771645a3986{number:04}&quot;</ETag>\
             <ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><Size>{}</Size>\
             <Owner><ID>75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a</ID></Owner>\
             <StorageClass>STANDARD</StorageClass></Contents>",
            number * 4_321
        ));
    }
    xml.push_str("</ListBucketResult>");
    xml
}

/// Returns a page of instances, as EC2 writes it.
pub fn instances(count: usize) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <DescribeInstancesResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">\n    \
        <requestId>8f7724cf-496f-496e-8fe3-example</requestId>\n    <reservationSet>"
        .to_owned();
    for number in 0..count {
        xml.push_str(&format!(
            "
        <item>
            <reservationId>r-1234567890{number:06}</reservationId>
            <ownerId>123456789012</ownerId>
            <groupSet/>
            <instancesSet>
                <item>
                    <instanceId>i-1234567890{number:06}</instanceId>
                    <imageId>ami-bff32ccc</imageId>
                    <instanceState>
                        <code>16</code>
                        <name>running</name>
                    </instanceState>
                    <privateDnsName>ip-192-168-1-88.eu-west-1.compute.internal</privateDnsName>
                    <dnsName>ec2-54-194-252-215.eu-west-1.compute.amazonaws.com</dnsName>
                    <reason/>
                    <amiLaunchIndex>0</amiLaunchIndex>
                    <instanceType>t2.micro</instanceType>
                    <launchTime>2018-05-08T16:46:19.000Z</launchTime>
                    <placement>
                        <availabilityZone>eu-west-1c</availabilityZone>
                        <tenancy>default</tenancy>
                    </placement>
                    <tagSet>
                        <item>
                            <key>Name</key>
                            <value>Server {number}</value>
                        </item>
                        <item>
                            <key>stage</key>
                            <value>production</value>
                        </item>
                    </tagSet>
                    <ebsOptimized>false</ebsOptimized>
                </item>
            </instancesSet>
        </item>"
        ));
    }
    xml.push_str("\n    </reservationSet>\n</DescribeInstancesResponse>");
    xml
}
