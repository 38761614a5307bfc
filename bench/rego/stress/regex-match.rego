# Lines of a log that hold secrets, addresses or failures.
package stress

kinds := {
	"address": `\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b`,
	"key": `(?i)(api|access)[-_]?key\s*[:=]\s*[A-Za-z0-9]{12,}`,
	"failure": `^(ERROR|FATAL)\s`,
	"mail": `[a-z0-9.]+@[a-z0-9-]+\.(com|org|net)`,
}

result contains {"line": number, "kind": kind} if {
	some number, line in input.lines
	some kind, pattern in kinds
	regex.match(pattern, line)
}
