// Limits: steps and output where you are, time and memory in a process of its own.
import { compile, type QueryRequest } from "@holdfast/rego";
import { queryInSandbox } from "@holdfast/rego/sandbox";

const source = `package greedy

triples := count([1 | some a in numbers.range(1, 10000); some b in numbers.range(1, 10000); some c in numbers.range(1, 10000); a * b * c == -1])
`;
const modules = [{ file: "greedy.rego", source, version: "v1" }] as const;

const { program } = compile({ modules });
const here = program?.rule(["greedy", "triples"])?.({ limits: { steps: 100_000, outputBytes: 1000 } });
console.log(here?.problem?.code, here?.problem?.file, here?.problem?.line);

const request: QueryRequest = { modules, query: "data.greedy.triples" };
const there = await queryInSandbox(request, { limits: { wallMs: 500, memoryBytes: 256 * 1024 * 1024 } });
console.log(there.problem?.code, there.problem?.file, there.problem?.line);

const small = await queryInSandbox({ ...request, query: "numbers.range(1, 3)" });
console.log(small.solutions?.[0]?.expressions[0]?.value);

// Prints:
// limit_steps greedy.rego 3
// limit_time greedy.rego 3
// [ 1, 2, 3 ]
