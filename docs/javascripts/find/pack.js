// A pack: how long its head is (four bytes, the lowest first), a head of JSON, then arrays. Each part
// is compressed by itself (zlib), so that no server needs to. Written by site/browser_search/pack.py.

const KINDS = { int8: Int8Array, float32: Float32Array };

// { head, arrays, bytes }: what the pack says, its arrays by name, and what was sent for it.
export async function unpacked(bytes) {
  const size = new DataView(bytes).getUint32(0, true);
  const start = 4 + size;
  const { parts, ...head } = JSON.parse(new TextDecoder().decode(await inflated(bytes.slice(4, start))));
  const arrays = {};
  await Promise.all(parts.map(async ({ name, kind, at, length }) => {
    arrays[name] = new KINDS[kind](await inflated(bytes.slice(start + at, start + at + length)));
  }));
  return { head, arrays, bytes: bytes.byteLength };
}

function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}
