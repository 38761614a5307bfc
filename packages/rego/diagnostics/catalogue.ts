// Every kind of message about Rego sources, in one place. A kind is added by adding an entry; its name becomes part of `DiagnosticKind`.
// `code` is the family that OPA's users know. Titles, explanations and remedies are for people; programs look at kind and code only.

/** The families of errors, in OPA's spelling. */
export type DiagnosticCode =
  | "rego_parse_error"
  | "rego_compile_error"
  | "rego_type_error"
  | "rego_unsafe_var_error"
  | "rego_recursion_error";

export interface CatalogueEntry {
  readonly code: DiagnosticCode;
  /** A few words that name the mistake. */
  readonly title: string;
  /** What the language demands, and why. */
  readonly explanation: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** All kinds, by name. */
export const catalogue = {
  // Stage 1, parse: characters and tokens.
  "invalid-character": {
    code: "rego_parse_error",
    title: "A character without a meaning",
    explanation: "Outside strings and comments Rego consists of ASCII letters, digits, and a few signs. This character is none of them.",
    remedy: "Remove the character, or put the text into a string.",
  },
  "invalid-number": {
    code: "rego_parse_error",
    title: "Not a number",
    explanation: "Numbers have the form that JSON gives them: digits without leading zeros, perhaps a fraction and an exponent.",
    remedy: "Write the number as in JSON, for example `12`, `0.5` or `6.02e23`.",
  },
  "unterminated-string": {
    code: "rego_parse_error",
    title: "A string without an end",
    explanation: "A string in double quotes ends on the line it begins on. A string in backticks ends at the next backtick.",
    remedy: "Add the closing quote, or use backticks where the text has several lines.",
  },
  "invalid-escape": {
    code: "rego_parse_error",
    title: "Not an escape sequence",
    explanation:
      "In double quotes a backslash begins one of JSON's escapes: a quote, a backslash, a slash, b, f, n, r, t, or u and four hexadecimal digits.",
    remedy: "Double the backslash, or write the string in backticks, where backslashes mean themselves.",
  },
  // Stage 1, parse: terms and bodies.
  "unexpected-token": {
    code: "rego_parse_error",
    title: "Something else was expected here",
    explanation: "The text up to here can be read as Rego, but it can't go on with what stands here.",
    remedy: "Look at the marked place and just before it: often an operator, a comma or a closing bracket is missing.",
  },
  "unexpected-end": {
    code: "rego_parse_error",
    title: "The file ends too early",
    explanation: "The last statement isn't finished where the file ends.",
    remedy: "Finish the statement, or remove its beginning.",
  },
  "unclosed-bracket": {
    code: "rego_parse_error",
    title: "A bracket that is never closed",
    explanation: "The marked bracket has no partner: what follows can't belong to its contents any more.",
    remedy: "Add the closing bracket where the contents end.",
  },
  "nesting-too-deep": {
    code: "rego_parse_error",
    title: "Nested too deeply",
    explanation:
      "Brackets nest at most 200 levels deep and operators 500, and a reference has at most 1,000 steps, so that no source can exhaust the stack.",
    remedy: "Move the inner parts into rules of their own, or large literals into a data file.",
  },
  "assignment-in-term": {
    code: "rego_parse_error",
    title: "An assignment inside an expression",
    explanation: "`:=` and `=` make a statement of a body. They can't be part of an expression, an argument or a collection.",
    remedy: "Compare with `==`, or put the assignment on a line of its own.",
  },
  "invalid-call": {
    code: "rego_parse_error",
    title: "This can't be called",
    explanation: "A call names its function directly. Functions are no values, so that nothing that is computed can be called.",
    remedy: "Write the function's name, with its package where it comes from another one.",
  },
  "template-expression": {
    code: "rego_parse_error",
    title: "No expression in a template string",
    explanation: "Braces in a template string hold an expression, whose value takes their place.",
    remedy: "Write an expression between the braces, or `\\{` for a brace that is meant literally.",
  },
  "empty-body": {
    code: "rego_parse_error",
    title: "An empty body",
    explanation: "A body states at least one condition.",
    remedy: "Write a condition, or `true` if the body always holds.",
  },
  "some-declaration": {
    code: "rego_parse_error",
    title: "Not a declaration of variables",
    explanation: "`some x, y` declares variables; `some x in xs` and `some k, v in xs` go through a collection and may match patterns.",
    remedy: "Name variables after `some`, or add `in` and the collection.",
  },
  // Stage 1, parse: statements.
  "missing-package": {
    code: "rego_parse_error",
    title: "No package",
    explanation: "A file begins with `package` and a path. The path says where in `data` its rules are found.",
    remedy: "Begin the file with a line such as `package example.rules`.",
  },
  "misplaced-package": {
    code: "rego_parse_error",
    title: "More than one package",
    explanation: "A file belongs to one package, which its first statement names.",
    remedy: "Move the rules of the other package into a file of their own.",
  },
  "invalid-path": {
    code: "rego_parse_error",
    title: "Not a path of names",
    explanation: "The path of a package is fixed: names after dots, or strings in brackets.",
    remedy: "Write the path with names and strings only.",
  },
  "invalid-import": {
    code: "rego_parse_error",
    title: "This can't be imported",
    explanation:
      "Imports take paths below `data` and `input`, keywords of `future.keywords`, and versions of the language such as `rego.v1`.",
    remedy: "Correct the path; what is defined in another file is found below `data` under its package.",
  },
  "not-a-rule": {
    code: "rego_parse_error",
    title: "Not the head of a rule",
    explanation: "A rule begins with its name, by which others refer to it.",
    remedy: "Give the rule a name.",
  },
  "rule-without-value": {
    code: "rego_parse_error",
    title: "A rule that says nothing",
    explanation: "A rule has a value, a body, or both.",
    remedy: "Add a value with `:=`, or a body after `if`.",
  },
  "missing-if": {
    code: "rego_parse_error",
    title: "`if` is missing before the body",
    explanation: "In Rego v1, and after `import rego.v1`, every body of a rule and of `else` follows the keyword `if`.",
    remedy: "Write `if` before the brace, or parse the file as Rego v0.",
  },
  "missing-contains": {
    code: "rego_parse_error",
    title: "`contains` is missing in a rule that defines a set",
    explanation: "In Rego v1, and after `import rego.v1`, `p[x]` is a key of an object. An element of a set is written `p contains x`.",
    remedy: "Write `name contains element if { … }`, or parse the file as Rego v0.",
  },
  "chained-body": {
    code: "rego_parse_error",
    title: "A second body",
    explanation: "Only Rego v0 lets several bodies follow one head, and only where neither `if` nor `else` is used.",
    remedy: "Repeat the head before each body.",
  },
  "misplaced-else": {
    code: "rego_parse_error",
    title: "`else` can't stand here",
    explanation:
      "`else` follows the body of a rule that has one value, and is tried when that body fails. Sets and defaults have no `else`.",
    remedy: "Write the alternative as a rule of its own.",
  },
  "default-rule": {
    code: "rego_parse_error",
    title: "Not a default",
    explanation: "A default gives a rule or function its value when nothing else does: a constant, without a body.",
    remedy: "Write `default name := value`, and conditions in other rules of this name.",
  },
  // Stage 1, parse: metadata.
  "metadata-invalid": {
    code: "rego_parse_error",
    title: "Metadata that can't be read",
    explanation: "The comment lines directly below `# METADATA` are a YAML mapping.",
    remedy: "Correct the YAML, or separate other comments from the block by an empty line.",
  },
  "metadata-misplaced": {
    code: "rego_parse_error",
    title: "Metadata at the wrong place",
    explanation:
      "Metadata stand before what they describe: those of the scopes `rule` and `document` before a rule, those of `package` and `subpackages` before the package.",
    remedy: "Move the block, or change its scope.",
  },
  "old-version": {
    code: "rego_parse_error",
    title: "The module is written in Rego v0",
    explanation: "Modules of no stated version are read as Rego v1 first, and as v0 when that fails.",
    remedy: "Write `if` before bodies and `contains` for sets (`opa fmt --rego-v1` does it), or state the version.",
  },
  "beyond-capabilities": {
    code: "rego_parse_error",
    title: "The capabilities don't include this",
    explanation: "The program was compiled for an engine whose capabilities lack a keyword or a feature that the module uses.",
    remedy: "Write the module without it, or compile with other capabilities.",
  },
  // Stage 2 (resolve).
  "deprecated-builtin": {
    code: "rego_type_error",
    title: "A builtin that is not to be used any more",
    explanation: "Rego v1, and strict mode, refuse calls of deprecated builtins.",
    remedy: "Use what took its place, as the reference of builtins says, or read the module as Rego v0.",
  },
  "assigned-unused": {
    code: "rego_compile_error",
    title: "The assigned variable is not used",
    explanation: "In strict mode a variable that `:=` assigns must be used; mostly its name was misspelt somewhere.",
    remedy: "Use the variable, or remove the assignment.",
  },
  "argument-unused": {
    code: "rego_compile_error",
    title: "The argument is not used",
    explanation: "In strict mode every definition of a function uses all its arguments.",
    remedy: "Use the argument, or write `_` in its place.",
  },
  "unused-import": {
    code: "rego_compile_error",
    title: "The import is not used",
    explanation: "In strict mode every import is used in its file.",
    remedy: "Remove the import.",
  },
  "data-conflict": {
    code: "rego_compile_error",
    title: "A rule stands where the data have a value",
    explanation: "Rules and data share one tree below `data`. Where both have a value, one would hide the other.",
    remedy: "Name the rule or its package otherwise, or load the data at another place.",
  },
  "undefined-function": {
    code: "rego_type_error",
    title: "There is no such function",
    explanation: "What is called is neither a builtin nor a function that a module of the program defines.",
    remedy: "Check the spelling and the imports; a rule without arguments is not called but referred to by its name.",
  },
  "wrong-arity": {
    code: "rego_type_error",
    title: "The number of arguments is wrong",
    explanation: "A function takes a fixed number of arguments. One more is allowed, which is compared with its result.",
    remedy: "Give as many arguments as the function has.",
  },
  "function-uncalled": {
    code: "rego_type_error",
    title: "A function is used like a value",
    explanation:
      "A function has no value of its own: only a call gives one. Its name alone may stand behind `as`, where it replaces another function.",
    remedy: "Call it with its arguments, such as `f(x)`.",
  },
  "shadowed-function": {
    code: "rego_compile_error",
    title: "A variable hides the function",
    explanation: "Where a variable is declared, its name means the variable, which can't be called.",
    remedy: "Choose another name for the variable.",
  },
  "cannot-assign": {
    code: "rego_compile_error",
    title: "This can't be assigned to",
    explanation: "`:=` declares variables: a new one, or several inside arrays and objects. Nothing else can stand on its left.",
    remedy: "Write a variable on the left, or compare with `==`.",
  },
  "argument-call": {
    code: "rego_compile_error",
    title: "A function's argument is a call",
    explanation: "In a function's head stand variables, constants, and arrays and objects of these: nothing is computed there.",
    remedy: "Give the argument a name, and compare it in the body.",
  },
  "rule-conflict": {
    code: "rego_type_error",
    title: "Rules of one name contradict each other",
    explanation:
      "All rules of one name must make the same kind of document: a single value, a set, an object, or a function with the same number of arguments.",
    remedy: "Rename one of them, or give them the same form.",
  },
  "shadows-root": {
    code: "rego_compile_error",
    title: "A variable or rule is called input or data",
    explanation: "`input` and `data` always mean the documents of the evaluation.",
    remedy: "Choose another name.",
  },
  "import-again": {
    code: "rego_compile_error",
    title: "Two imports have the same name",
    explanation: "The name of an import is the last part of its path, or the one after `as`; in a file it can stand for one document only.",
    remedy: "Remove one of the imports, or name it with `as`.",
  },
  redeclared: {
    code: "rego_compile_error",
    title: "The variable was declared before",
    explanation: "In one body a variable is declared once, by `:=`, `some`, or as an argument.",
    remedy: "Choose another name, or compare with `==`.",
  },
  "used-before-declared": {
    code: "rego_compile_error",
    title: "The variable is used before it is declared",
    explanation: "A declaration counts from its place on; what was used before it would be another variable of the same name.",
    remedy: "Move the declaration up, or choose another name.",
  },
  "declared-unused": {
    code: "rego_compile_error",
    title: "The declared variable is not used",
    explanation: "A variable that `some` or `every` declares has no meaning unless the body uses it; mostly it was misspelt somewhere.",
    remedy: "Use the variable, or remove it from `some`; behind `every` write `_` for what isn't used.",
  },
  "part-of-rule-replaced": {
    code: "rego_compile_error",
    title: "A part of a rule's value can't be replaced",
    explanation: "`with` replaces whole rules and base documents: what a rule gives is computed as one value.",
    remedy: "Replace the rule itself by a whole value.",
  },
  "bad-with-target": {
    code: "rego_type_error",
    title: "This can't be replaced by with",
    explanation: "`with` replaces a document below `input` or `data`, a function, or a builtin.",
    remedy: "Name the document without variables, such as `input.user.name`.",
  },
  "irreplaceable-function": {
    code: "rego_compile_error",
    title: "with can't replace this builtin",
    explanation:
      "`walk`, `print`, `eq`, the `rego.metadata` builtins and internal ones are part of the language; `with` replaces all others.",
    remedy: "Put the call into a function of your own and replace that.",
  },
  "undeclared-variable": {
    code: "rego_compile_error",
    title: "A template string doesn't iterate",
    explanation: "An expression in a template string has one value, so that its variables have theirs from outside of the string.",
    remedy: "Give the variable a value in the body, with `some … in` for example, or use a comprehension.",
  },
  // Stage 3 (check).
  "unsafe-variable": {
    code: "rego_unsafe_var_error",
    title: "The variable may have infinitely many values",
    explanation:
      "Every variable needs a place outside of negation that gives it its values: an assignment, an iteration, or a comparison with `=`.",
    remedy: "Give the variable a value in the same body, outside of `not`; check the spelling of the name.",
  },
  "type-mismatch": {
    code: "rego_type_error",
    title: "Two values that can never be equal",
    explanation: "What is compared or unified here has different types whatever the input is, so that the condition never holds.",
    remedy: "Convert one side, with `to_number` or `sprintf` for example, or compare with something of its type.",
  },
  "wrong-operands": {
    code: "rego_type_error",
    title: "The operands have the wrong types",
    explanation: "The call is undefined whatever the input is, because the function does not take operands of these types.",
    remedy: "Pass what the function takes; the message lists the types, with that of the result as the last.",
  },
  "schema-unusable": {
    code: "rego_type_error",
    title: "A schema that can't be used",
    explanation:
      "The `schemas` of METADATA are a list of paths below `input` or `data`, each with the name of a schema that was given, or with a JSON Schema itself. Schemas refer to nothing outside of themselves.",
    remedy: "Correct the path or the name, give the schema, or write out what it refers to.",
  },
  "undefined-field": {
    code: "rego_type_error",
    title: "The reference leads nowhere",
    explanation: "What is referred to is known well enough, from a rule, a literal or a schema, to say that it has no such part.",
    remedy: "Check the spelling against the names that the message lists.",
  },
  recursion: {
    code: "rego_recursion_error",
    title: "The rule depends on itself",
    explanation: "Rego evaluates no recursion, directly or through other rules.",
    remedy: "Break the circle; `walk` and `graph.reachable` go through trees and graphs of any depth.",
  },
} as const;

export type DiagnosticKind = keyof typeof catalogue;
