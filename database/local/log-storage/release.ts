/**
 * Gives the memory of bytes back that nobody reads any more; afterwards they are empty. Left to the collector, which
 * sees how large its own heap is and not what lies beside it, it comes to 1.6 GB while a million rows are imported.
 */
export function release(bytes: Uint8Array): void {
  if (bytes.buffer instanceof ArrayBuffer) bytes.buffer.transfer(0)
}
