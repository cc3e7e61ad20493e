/**
 * Gives the memory of bytes back that nobody reads any more; afterwards they are empty. Else they wait for a full
 * collection, and V8 lets what lies outside of its heap grow by half of the heap's limit before it makes one.
 */
export function release(bytes: Uint8Array): void {
  if (bytes.buffer instanceof ArrayBuffer) bytes.buffer.transfer(0)
}
