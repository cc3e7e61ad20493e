/** Remembers outside IndexedDB which replicas have a key there: a browser may lose all of IndexedDB at once. */
export interface ReplicaMarks {
  has(replica: string): Promise<boolean>
  add(replica: string): Promise<void>
  remove(replica: string): Promise<void>
}

/** Marks as empty files in the origin's private file system. Where there is none, nothing is marked. */
export function fileMarks(storage: StorageManager): ReplicaMarks {
  const inFolder = async <T>(work: (folder: FileSystemDirectoryHandle) => Promise<T>): Promise<T | null> => {
    try {
      return await work(await storage.getDirectory())
    } catch {
      return null
    }
  }
  return {
    has: async (replica) => (await inFolder((folder) => folder.getFileHandle(replica))) !== null,
    add: async (replica) => void (await inFolder((folder) => folder.getFileHandle(replica, { create: true }))),
    remove: async (replica) => void (await inFolder((folder) => folder.removeEntry(replica))),
  }
}
