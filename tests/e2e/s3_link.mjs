// SPDX-License-Identifier: Apache-2.0
// Presigned URLs of the test's own making, for looking at what the product put into the object store.
import crypto from "node:crypto";

const hmac = (key, text) => crypto.createHmac("sha256", key).update(text).digest();
const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());

export function s3Link(key, bucket, { method = "GET", at = new Date(), seconds = 60 } = {}) {
  const { AISHA_TEST_S3: base, AISHA_TEST_S3_ACCESS_KEY: access, AISHA_TEST_S3_SECRET_KEY: secret } = process.env;
  const stamp = at.toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${stamp.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const query = Object.entries({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Credential": `${access}/${scope}`, "X-Amz-Date": stamp,
    "X-Amz-Expires": String(seconds), "X-Amz-SignedHeaders": "host",
  }).map(([name, value]) => `${name}=${encode(value)}`).join("&");
  const where = `/${bucket}/${key}`;
  const request = [method, where, query, `host:${new URL(base).host}`, "", "host", "UNSIGNED-PAYLOAD"].join("\n");
  const hash = crypto.createHash("sha256").update(request).digest("hex");
  const signing = [stamp.slice(0, 8), "us-east-1", "s3", "aws4_request"].reduce(hmac, "AWS4" + secret);
  const signature = hmac(signing, ["AWS4-HMAC-SHA256", stamp, scope, hash].join("\n")).toString("hex");
  return `${base}${where}?${query}&X-Amz-Signature=${signature}`;
}
