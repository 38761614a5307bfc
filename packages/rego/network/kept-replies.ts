import type { KeptReply } from "../builtins/http/network.ts";

/** Replies kept for later evaluations, up to a size; those that were not used for longest go first. */
export class KeptReplies {
  private readonly replies: Map<string, KeptReply> = new Map();
  private readonly most: number;
  private size = 0;

  /** `most` counts characters of keys and bodies. */
  constructor(most: number) {
    this.most = most;
  }

  get(key: string): KeptReply | undefined {
    const kept = this.replies.get(key);
    if (kept === undefined) return undefined;
    // A map keeps the order in which things came in.
    this.replies.delete(key);
    this.replies.set(key, kept);
    return kept;
  }

  set(key: string, kept: KeptReply): void {
    this.remove(key);
    if (sizeOf(key, kept) > this.most) return;
    this.replies.set(key, kept);
    this.size += sizeOf(key, kept);
    for (const oldest of this.replies.keys()) {
      if (this.size <= this.most) return;
      this.remove(oldest);
    }
  }

  private remove(key: string): void {
    const kept = this.replies.get(key);
    if (kept === undefined) return;
    this.replies.delete(key);
    this.size -= sizeOf(key, kept);
  }
}

function sizeOf(key: string, { reply }: KeptReply): number {
  // Headers are bounded by Node, at 16 KiB; so much is counted for any.
  return key.length + reply.body.length + 16_384;
}
