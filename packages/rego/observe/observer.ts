import type { RegoValue } from "../runtime/value.ts";
import { Frame, type Call } from "./frame.ts";
import type { LineCoverage } from "./line-coverage.ts";
import type { Profile } from "./profile.ts";
import type { Site } from "./site.ts";
import type { Operation, Trace } from "./trace.ts";

/** What the observer needs to know of a context. */
interface Documents {
  readonly input: RegoValue | undefined;
}

/** Hears from instrumented code what it does, and tells those that collect it. */
export class Observer {
  private readonly coverage: LineCoverage | null;
  private readonly trace: Trace | null;
  private readonly profile: Profile | null;
  private readonly stack: Frame[] = [];
  private readonly calls: WeakMap<Documents, Map<string, Call>> = new WeakMap();
  private frames = 0;

  constructor(coverage: LineCoverage | null, trace: Trace | null, profile: Profile | null) {
    this.coverage = coverage;
    this.trace = trace;
    this.profile = profile;
  }

  /** A rule, function or query begins; `context` is what it sees. */
  call(context: Documents, site: Site): Frame {
    const call: Call = { site, derivations: [] };
    const frame = new Frame(this.stack.at(-1) ?? null, site, call, context.input, -1);
    this.stack.push(frame);
    return frame;
  }

  /** It ends. */
  back(context: Documents, frame: Frame): void {
    this.unwind(frame);
    this.stack.pop();
    const { call } = frame;
    if (call !== null && this.trace !== null) {
      this.known(context).set(call.site.text, call);
      this.use(call);
    }
    this.profile?.enter(this.stack.at(-1)?.steps.at(-1)?.site ?? null);
  }

  /** The value of a rule is known from before. */
  reuse(context: Documents, site: Site): void {
    const call = this.trace === null ? undefined : this.known(context).get(site.text);
    if (call !== undefined) this.use(call);
  }

  /** A body begins, inside of another or of a call. */
  enter(parent: Frame, site: Site): Frame {
    this.unwind(parent);
    const frame = new Frame(parent, site, null, parent.input, this.frames++);
    this.stack.push(frame);
    this.tell("Enter", frame, site);
    return frame;
  }

  /** An expression of a body, the one at `position`, is evaluated. */
  eval(frame: Frame, position: number, site: Site): void {
    this.unwind(frame);
    this.settle(frame, position);
    frame.steps.push({ site, holds: false, values: [], uses: [] });
    this.coverage?.hit(site);
    this.profile?.evaluated(site);
    this.tell("Eval", frame, site);
  }

  /** It holds, for these values of its variables. */
  holds(frame: Frame, position: number, values: readonly RegoValue[]): void {
    this.unwind(frame);
    this.settle(frame, position + 1);
    const step = frame.steps[position];
    if (step === undefined) return;
    if (step.holds) this.redo(frame, step.site);
    step.holds = true;
    step.values = values;
  }

  /** A body gives a value. */
  exit(frame: Frame, value: RegoValue, keys: readonly RegoValue[]): void {
    this.unwind(frame);
    this.coverage?.hit(frame.site);
    this.tell("Exit", frame, frame.site);
    frame.exited = true;
    const call = frame.parent?.call ?? null;
    if (this.trace === null || call === null || !this.trace.mayDerive()) return;
    const steps = frame.steps.map(({ site, values, uses }) => ({ site, values, uses: [...uses] }));
    const derivation = { head: frame.site, value, keys, input: frame.input, steps };
    call.derivations.push(derivation);
    this.trace.derived(derivation);
  }

  /** A message of `trace`. */
  note(message: string): void {
    const frame = this.stack.findLast((one) => one.call === null);
    const step = frame?.steps.at(-1);
    if (frame !== undefined) this.tell("Note", frame, step?.site ?? frame.site, message);
  }

  private known(context: Documents): Map<string, Call> {
    let known = this.calls.get(context);
    if (known === undefined) this.calls.set(context, (known = new Map()));
    return known;
  }

  private use(call: Call): void {
    const uses = this.stack.at(-1)?.steps.at(-1)?.uses;
    if (uses !== undefined && !uses.includes(call)) uses.push(call);
  }

  /** Ends what is inside of a frame. */
  private unwind(to: Frame): void {
    for (let top = this.stack.at(-1); top !== undefined && top !== to; top = this.stack.at(-1)) {
      this.settle(top, 0);
      this.stack.pop();
    }
  }

  /** Goes back behind the expressions from `position` on. */
  private settle(frame: Frame, position: number): void {
    if (frame.exited) {
      frame.exited = false;
      this.tell("Redo", frame, frame.site);
    }
    while (frame.steps.length > position) {
      const step = frame.steps.pop();
      if (step === undefined) return;
      if (step.holds) this.redo(frame, step.site);
      else this.tell("Fail", frame, step.site);
    }
    this.profile?.enter(frame.steps.at(-1)?.site ?? null);
  }

  private redo(frame: Frame, site: Site): void {
    this.profile?.redone(site);
    this.tell("Redo", frame, site);
  }

  private tell(operation: Operation, frame: Frame, site: Site, message?: string): void {
    this.trace?.add(operation, frame, site, message);
  }
}
