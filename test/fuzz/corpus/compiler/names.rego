package constructor.__proto__

import rego.v1

toString contains hasOwnProperty if some hasOwnProperty, globalThis in input
prototype := input.constructor.__proto__
valueOf["__proto__"] := {"constructor": data.constructor.__proto__.toString}
this(arguments) := arguments["*/ globalThis.escaped = 1 /*"]
