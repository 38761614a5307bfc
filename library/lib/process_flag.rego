# METADATA
# title: Flags of a process
# description: The flags that a process of lib/control_plane_process is started with, and what is wrong with them. A fault is the part of a finding that holds its paths and what mends them; a function is undefined where there is none.
package holdfast.lib.process_flag

import rego.v1

# The words of the command line in order. An item that holds several, as a shell is given them, counts as those words;
# "before" and "after" are the rest of the item.
words(process) := [word |
	some list in ["command", "args"]
	some j, item in process.container[list]
	parts := split(item, " ")
	some k, text in parts
	text != ""
	word := {
		"path": sprintf("spec.containers[%d].%s[%d]", [process.place, list, j]),
		"text": text,
		"before": concat(" ", array.concat(array.slice(parts, 0, k), [""])),
		"after": concat(" ", array.concat([""], array.slice(parts, k + 1, count(parts)))),
	}
]

# The settings of a flag that takes a value, in the order in which the program reads them: {"path": where the flag stands,
# "value": text, "word": where the value stands, "prefix": what stands before it in that word}. Programs in Go take
# --flag=value and --flag value, with one dash or an underscore as well.
settings(process, flag) := array.concat(environment_settings(process, flag), [setting |
	line := words(process)
	some n, word in line
	names(word, flag)
	setting := object.union({"path": word.path}, read(line, n))
])

read(line, n) := written(line[n]) if contains(line[n].text, "=")

else := {"value": next.text, "word": next, "prefix": ""} if {
	next := line[n + 1]
	is_value(next.text)
}

else := {"value": "", "word": line[n], "prefix": sprintf("%s=", [line[n].text])}

# A dash alone is the standard output.
is_value("-")

is_value(text) if not startswith(text, "-")

written(word) := {"value": substring(word.text, at + 1, -1), "word": word, "prefix": substring(word.text, 0, at + 1)} if {
	at := indexof(word.text, "=")
}

names(word, flag) if {
	startswith(word.text, "-")
	replace(trim_left(split(word.text, "=")[0], "-"), "_", "-") == trim_left(flag, "-")
}

# etcd takes what no flag says from variables such as ETCD_CERT_FILE.
environment_settings(process, flag) := [setting |
	variable := sprintf("%s%s", [process.environment, upper(replace(trim_left(flag, "-"), "-", "_"))])
	some j, entry in process.container.env
	entry.name == variable
	path := sprintf("spec.containers[%d].env[%d].value", [process.place, j])
	setting := {
		"path": path,
		"value": entry.value,
		"word": {"path": path, "before": "", "after": ""},
		"prefix": "",
	}
]

# The setting that counts: the last. Undefined where the flag isn't set.
setting(process, flag) := all[count(all) - 1] if all := settings(process, flag)

has_value(process, flag) if setting(process, flag).value != ""

# Whether a flag is there, with or without a value.
given(process, flag) if setting(process, flag)

# The items of a flag that takes a list. Where it is repeated, Go joins the lists.
items(process, flag) := [item |
	some one in settings(process, flag)
	some item in listed(one)
]

# A fix that sets what stands at a path, or lets a person decide where there is a question.
fix(path, value, "") := {"path": path, "value": value}

fix(path, value, question) := {"path": path, "value": value, "choose": question} if question != ""

# The fix that gives a setting another value.
changed(setting, value, question) := fix(
	setting.word.path,
	sprintf("%s%s%s%s", [setting.word.before, setting.prefix, value, setting.word.after]),
	question,
)

# The fix that adds a word behind the last one, or `offset` places further: args where there are any, as RKE2 writes them,
# else the command.
added(process, offset, word, question) := fix(
	sprintf("spec.containers[%d].%s[%d]", [process.place, flag_list(process), count(written_items(process)) + offset]),
	word,
	question,
) if {
	not starts_by_shell(process)
}

else := fix(
	sprintf("spec.containers[%d].%s", [process.place, flag_list(process)]),
	word,
	"A shell starts the program: where in its script the flag belongs.",
)

written_items(process) := list if {
	list := process.container[flag_list(process)]
	is_array(list)
}

else := []

flag_list(process) := "args" if count(process.container.args) > 0

else := "command"

flags_path(process) := sprintf("spec.containers[%d].%s", [process.place, flag_list(process)])

starts_by_shell(process) if is_shell(process.container.command[0])

# Where the image has no entry point of its own, the arguments are all there is.
starts_by_shell(process) if is_shell(process.container.args[0])

is_shell(word) if regex.match(`(^|/)(ba|da|a)?sh$`, word)

# A flag that must be on or off and isn't; `default` is what the program does without it. A switch never takes the next
# word as its value.
switch_fault(process, flag, wanted, default_value, question) := {
	"failedPaths": [last.path],
	"fixPaths": [changed(last, sprintf("%v", [wanted]), question)],
} if {
	last := switch(process, flag)
	not is_switched(last.value, wanted)
}

else := {"fixPaths": [added(process, 0, sprintf("%s=%v", [flag, wanted]), question)]} if {
	not switch(process, flag)
	default_value != wanted
}

switch(process, flag) := all[count(all) - 1] if {
	all := array.concat(environment_settings(process, flag), [setting |
		some word in words(process)
		names(word, flag)
		setting := object.union({"path": word.path}, read([word], 0))
	])
}

# Go's ways to write a boolean; a switch without a value is on.
is_switched(text, true) if text in {"", "1", "t", "T", "true", "TRUE", "True"}

is_switched(text, false) if text in {"0", "f", "F", "false", "FALSE", "False"}

# Flags that must be set to something, as [flag, example] each: the fixes stand one behind the other, those of the flags
# that are set left out.
unset_fault(process, flags, question) := {"failedPaths": failed, "fixPaths": fixes} if {
	fixes := [unset_fix(process, n, flag, question) | some n, flag in flags; not has_value(process, flag[0])]
	failed := [setting(process, flag[0]).path | some flag in flags; not has_value(process, flag[0])]
	count(fixes) > 0
}

unset_fix(process, n, flag, question) := changed(last, flag[1], question) if last := setting(process, flag[0])

else := added(process, n, sprintf("%s=%s", [flag[0], flag[1]]), question)

# A list that must have an item and hasn't.
lacking_fault(process, flag, item, question) := {
	"failedPaths": [last.path],
	"fixPaths": [changed(last, concat(",", array.concat(listed(last), [item])), question)],
} if {
	last := setting(process, flag)
	not item in items(process, flag)
}

else := {"fixPaths": [added(process, 0, sprintf("%s=%s", [flag, item]), question)]} if not given(process, flag)

listed(setting) := [item | some item in split(setting.value, ","); item != ""]

# A list that has an item that it must not have.
holding_fault(process, flag, item, question) := {
	"failedPaths": [one.path | some one in holding],
	"fixPaths": [changed(one, concat(",", others(one, item)), question) | some one in holding; count(others(one, item)) > 0],
	"deletePaths": [path | some one in holding; count(others(one, item)) == 0; some path in whole(one)],
} if {
	holding := [one | some one in settings(process, flag); item in listed(one)]
	count(holding) > 0
}

others(setting, item) := [other | some other in listed(setting); other != item]

# A flag that must not be set this way, and without which the program does what is right.
superfluous_fault(setting) := {"failedPaths": [setting.path], "deletePaths": whole(setting)} if count(whole(setting)) > 0

# Where a setting shares its item with other words, the item stays without it.
else := {"failedPaths": [setting.path], "fixPaths": [fix(setting.path, trim_space(concat(" ", rest)), "")]} if {
	rest := [trim_space(setting.word.before), trim_space(setting.word.after)]
}

# The paths that are a setting and nothing else.
whole(setting) := {setting.path} | {setting.word.path} if {
	trim_space(setting.word.before) == ""
	trim_space(setting.word.after) == ""
}

else := set()

# A flag whose value a person must choose, and look at where it is set.
chosen_fault(process, flag, question) := {
	"failedPaths": [last.path],
	"reviewPaths": [last.path],
	"noFix": "Nothing shows whether this number is right here; whoever answers for the cluster says so, by an exception.",
} if {
	last := setting(process, flag)
}

else := {"failedPaths": [addition.path], "reviewPaths": [addition.path], "fixPaths": [addition]} if {
	addition := added(process, 0, sprintf("%s=YOUR_VALUE", [flag]), question)
}

# A flag that must keep a port on the loopback interface; without it the program listens on every interface.
loopback_fault(process, flag) := {"failedPaths": [last.path], "fixPaths": [changed(last, "127.0.0.1", "")]} if {
	last := setting(process, flag)
	not loopback(last.value)
}

else := {"fixPaths": [added(process, 0, sprintf("%s=127.0.0.1", [flag]), "")]} if not given(process, flag)

loopback(address) if startswith(address, "127.")

loopback("::1") := true
