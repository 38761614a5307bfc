import { crc32, deflateRawSync } from "node:zlib";

/** A file for a zip archive, and what its headers say that isn't so. */
export interface ZipFile {
  readonly name: string;
  readonly body: string | Uint8Array;
  /** What the archive says that it unpacks to. */
  readonly size?: number;
  readonly stored?: boolean;
  readonly encrypted?: boolean;
  /** Unix's mode, such as 0o120777 for a link. */
  readonly mode?: number;
  readonly method?: number;
}

/** Makes a zip archive, for tests. */
export function makeZip(files: readonly ZipFile[], comment = ""): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, body, size, stored = false, encrypted = false, mode, method = stored ? 0 : 8 } of files) {
    const content = Buffer.from(body);
    const data = stored ? content : deflateRawSync(content);
    const named = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(encrypted ? 1 : 0, 2);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(size ?? content.length, 18);
    shared.writeUInt16LE(named.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), shared, named, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((mode ?? 0) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    const system = Buffer.from([20, mode === undefined ? 0 : 3]);
    central.push(Buffer.concat([Buffer.from("PK\u0001\u0002"), system, shared, tail, named]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  end.writeUInt16LE(comment.length, 16);
  return Buffer.concat([...locals, directory, Buffer.from("PK\u0005\u0006"), end, Buffer.from(comment)]);
}
