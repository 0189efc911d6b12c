/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

/**
 * One request as the endpoint saw it.
 *
 * @param ordinal arrival number, from 1 since the start or the last {@link
 *     S3Endpoint#resetRequests}
 * @param kind what it asked for
 * @param method the HTTP method
 * @param bucket the bucket, or empty
 * @param key the literal key, or empty for a request on the bucket
 * @param query the raw query string, or empty
 * @param identity the access key id it was signed with, or {@link S3Endpoint#ANONYMOUS}
 * @param status the status of the reply; 0 while there is none, and for ever when it was cut off
 * @param rangeHeader the Range header (or x-amz-copy-source-range), or empty
 * @param bytesIn body bytes received, transfer framing included
 * @param bytesOut body bytes the endpoint set out to send
 */
public record Request(
    int ordinal,
    RequestKind kind,
    String method,
    String bucket,
    String key,
    String query,
    String identity,
    int status,
    String rangeHeader,
    long bytesIn,
    long bytesOut) {}
