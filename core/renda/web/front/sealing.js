// A paper sealed as core/renda/sealing/envelopes.py does it: HPKE (RFC 9180), base mode, one message;
// DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM. WebCrypto has the parts; this puts them together.
const text = (said) => new TextEncoder().encode(said);
const KEM = new Uint8Array([...text("KEM"), 0x00, 0x10]);
const SUITE = new Uint8Array([...text("HPKE"), 0x00, 0x10, 0x00, 0x01, 0x00, 0x01]);
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const SECRET_BYTES = 32;
const KEY_BYTES = 16;
const NONCE_BYTES = 12;

export const canSeal = () => globalThis.isSecureContext === true && globalThis.crypto?.subtle !== undefined;

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function mac(key, message) {
  const usable = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", usable, message));
}

// An empty salt is thirty-two zeros to HMAC, and WebCrypto takes no empty key.
const extract = (suite, salt, label, secret) =>
  mac(salt.length ? salt : new Uint8Array(32), joined(text("HPKE-v1"), suite, text(label), secret));

// One block of HKDF is enough: nothing asked for here is longer than a digest.
const expand = async (suite, secret, label, about, length) =>
  (
    await mac(
      secret,
      joined(new Uint8Array([length >> 8, length & 255]), text("HPKE-v1"), suite, text(label), about, Uint8Array.of(1)),
    )
  ).slice(0, length);

async function shared(recipient) {
  const own = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const theirs = await crypto.subtle.importKey("raw", recipient, CURVE, false, []);
  const point = new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256));
  const enclosed = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const secret = await extract(KEM, new Uint8Array(), "eae_prk", point);
  return [enclosed, await expand(KEM, secret, "shared_secret", joined(enclosed, recipient), SECRET_BYTES)];
}

export function padded(content, bytes) {
  if (content.length + 2 > bytes) return null;
  const whole = new Uint8Array(bytes);
  whole.set([content.length >> 8, content.length & 255]);
  whole.set(content, 2);
  return whole;
}

// The envelope of a paper, or null where the paper is longer than its padding.
export async function sealed(paper, { key, about, bytes }) {
  const whole = padded(text(JSON.stringify(paper)), bytes);
  if (whole === null) return null;
  const [enclosed, secret] = await shared(key);
  const none = new Uint8Array();
  const context = joined(
    Uint8Array.of(0),
    await extract(SUITE, none, "psk_id_hash", none),
    await extract(SUITE, none, "info_hash", text(about)),
  );
  const scheduled = await extract(SUITE, secret, "secret", none);
  const cipher = await crypto.subtle.importKey(
    "raw", await expand(SUITE, scheduled, "key", context, KEY_BYTES), "AES-GCM", false, ["encrypt"],
  );
  const iv = await expand(SUITE, scheduled, "base_nonce", context, NONCE_BYTES);
  const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, tagLength: 128 }, cipher, whole);
  return joined(enclosed, new Uint8Array(closed));
}

export const fromBase64 = (coded) => Uint8Array.from(atob(coded), (sign) => sign.charCodeAt(0));
export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
