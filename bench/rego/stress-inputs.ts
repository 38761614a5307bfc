import { makeChance, type Chance } from "../load/chance.ts";

type Json = Readonly<Record<string, unknown>>;

/** What each stress program is evaluated on, by the program's name. The same bytes each time. */
export const stressInputs: Readonly<Record<string, (chance: Chance) => Json>> = {
  "large-sets": (chance) => ({ installed: packages(chance, 6000), allowed: packages(chance, 6000) }),
  "nested-comprehensions": (chance) => ({ services: services(chance, 400) }),
  "string-building": (chance) => ({
    requests: times(2000, (i) => ({
      method: pick(chance, ["GET", "PUT", "POST"]),
      service: `Service-${i % 40}`,
      path: `items/${i}/`,
      millis: chance.below(1000),
      user: `jane.doe${i % 300}@example.com`,
      labels: { zone: `z${i % 3}`, tries: i % 5 },
    })),
  }),
  walk: (chance) => ({ settings: tree(chance, 5) }),
  "function-chain": (chance) => ({
    orders: times(400, (id) => ({
      id,
      customer: { level: chance.below(6) },
      lines: times(1 + chance.below(5), () => ({ units: 1 + chance.below(100), price: 1 + chance.below(50) })),
    })),
  }),
  "regex-match": (chance) => ({ lines: times(2000, (i) => logLine(chance, i)) }),
  "regex-parts": (chance) => ({
    images: times(1500, (i) => `registry-${i % 7}.example.com:5000/shop/part-${i}:1.${chance.below(40)}.0`),
    lines: times(1000, (i) => logLine(chance, i)),
  }),
  "big-objects": (chance) => ({
    defaults: Object.fromEntries(times(200, (i) => [`setting-${i}`, i % 10])),
    allowed: Object.fromEntries(times(200, (i) => [`setting-${i}`, i % 4 !== 0])),
    tenants: Object.fromEntries(
      times(60, (i) => [`tenant-${i}`, Object.fromEntries(times(50, () => [`setting-${chance.below(220)}`, chance.below(10)]))]),
    ),
  }),
  "join-fields": (chance) => ({
    pods: times(700, (i) => ({ name: `pod-${i}`, account: `account-${chance.below(100)}`, namespace: `space-${i % 7}` })),
    accounts: times(700, (i) => ({ name: `account-${i % 100}`, namespace: `space-${i % 7}`, role: `role-${i % 11}` })),
  }),
  "join-references": (chance) => ({
    orders: times(700, (id) => ({ id, customer: chance.below(600), product: chance.below(500) })),
    customers: times(600, (id) => ({ id, name: `Customer ${id}`, blocked: chance.happens(0.2) })),
    products: times(500, (id) => ({ id, name: `Product ${id}` })),
  }),
  graph: (chance) => ({
    services: times(150, (i) => ({ name: `s${i}`, calls: times(1 + chance.below(3), () => `s${chance.below(150)}`) })),
  }),
  aggregates: (chance) => ({ samples: times(3000, (id) => ({ id, value: chance.below(1000) })) }),
};

function times<T>(number: number, make: (index: number) => T): T[] {
  return Array.from({ length: number }, (_, index) => make(index));
}

function pick<T>(chance: Chance, options: readonly T[]): T | undefined {
  return options[chance.below(options.length)];
}

function packages(chance: Chance, number: number): readonly Json[] {
  return times(number, () => ({ name: `package-${chance.below(8000)}`, version: `1.${chance.below(3)}.0` }));
}

function services(chance: Chance, number: number): readonly Json[] {
  return times(number, (i) => ({
    name: `service-${i}`,
    team: `team-${i % 20}`,
    ports: times(1 + chance.below(4), (port) => ({
      number: 8000 + port,
      public: chance.happens(0.3),
      protocol: pick(chance, ["TCP", "UDP", "SCTP"]),
    })),
  }));
}

function tree(chance: Chance, depth: number): unknown {
  if (depth === 0)
    return { image: `shop/part${chance.happens(0.7) ? ":1.0" : ""}`, password: chance.happens(0.5) ? "sample" : null, size: 1 };
  return { on: true, children: times(4, () => tree(chance, depth - 1)), name: `node-${chance.below(1000)}` };
}

function logLine(chance: Chance, number: number): string {
  const level = pick(chance, ["INFO", "WARN", "ERROR", "DEBUG"]) ?? "";
  const what = pick(chance, [
    `request from 10.2.${number % 250}.7 took ${chance.below(900)} ms; status 200`,
    `configured with api_key=A1b2C3d4E5f6G7h${number} and nothing else`,
    `sent a letter to person${number}@example.com, waiting for the answer`,
    `cache holds ${chance.below(10_000)} entries, ${chance.below(100)} of them old`,
  ]);
  return `${level} 2026-02-03T10:00:${String(number % 60).padStart(2, "0")}Z worker-${number % 9}: ${what}`;
}

/** A source of chance for a program. */
export function chanceFor(name: string): Chance {
  return makeChance(name.split("").reduce((seed, character) => seed * 31 + character.charCodeAt(0), 7));
}
