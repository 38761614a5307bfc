# METADATA
# title: Kubelet
# description: How a node's kubelet was started and configured, from its KubeletInfo.
package holdfast.lib.kubelet

import rego.v1

# The value of a flag on the command line, the last where it is repeated; a flag without a value is "true".
flag(info, name) := all[count(all) - 1] if all := flags(info, name)

# All values of a flag, in order.
flags(info, name) := [value |
	words := [word | some word in regex.split(`\s+`, info.data.cmdLine); word != ""]
	some i, word in words
	value := flag_value(words, i, word, name)
]

flag_value(_, _, word, name) := substring(word, count(name) + 1, -1) if startswith(word, sprintf("%s=", [name]))

flag_value(words, i, name, name) := words[i + 1] if not startswith(words[i + 1], "-")

else := "true"

# The configuration file; undefined where it could not be read.
config(info) := document if {
	document := yaml.unmarshal(base64.decode(info.data.configFile.content))
	is_object(document)
}

# A field of the configuration file, by its path; null is as good as absent.
config_value(info, path) := value if {
	value := object.get(config(info), path, null)
	value != null
}

# "node worker-1", for messages.
label(info) := sprintf("node %v", [name]) if name := info.metadata.name

else := "a node without a name"

# How a setting comes out, as {"value", "paths"}: the flag wins over the file that --config names, and where that says nothing, or isn't there, a default holds. The paths are those of the file.
# A setting is described by its "flag" or, if it is a feature gate, its "gate", the path of its "field" in the file, the default "inFile" of a file that says nothing, and "byDefault" without a file.
# A file that is no YAML leaves it undefined; one that the agent couldn't read makes it `unread`.
effective(info, setting) := {"value": value, "paths": []} if value := stated(info, setting)

else := {"value": setting.byDefault, "paths": []} if not flag(info, "--config")

else := {"value": unread, "paths": []} if object.get(info.data, ["configFile", "content"], "") in {"", null}

else := {"value": value, "paths": [concat(".", setting.field)]} if value := config_value(info, setting.field)

else := {"value": setting.inFile, "paths": [concat(".", setting.field)]} if config(info)

# Stands for the value of a setting where the agent couldn't read the file that would tell.
unread := "unread"

# What the command line says about a setting.
stated(info, setting) := flag(info, setting.flag)

stated(info, setting) := gate(info, setting.gate)

# What the command line says about a feature gate. Repeated flags add up, and the last word about a gate counts.
gate(info, name) := values[count(values) - 1] if {
	values := [value |
		some gates in flags(info, "--feature-gates")
		some pair in split(gates, ",")
		[name, value] = split(trim_space(pair), "=")
	]
}

# Booleans of the file, and as they may be spelled in flags.
is_on(value) if lower(sprintf("%v", [value])) in {"true", "t", "1"}

# A finding about a setting that came out badly. The fault completes the sentence "The kubelet of node worker-1 …", the remedy says what to do on the node.
finding(info, outcome, fault, remedy) := {
	"alertMessage": message(info, outcome, fault),
	"alertObject": {"k8sApiObjects": [info]},
	"failedPaths": outcome.paths,
	"reviewPaths": outcome.paths,
	"deletePaths": [],
	"fixPaths": [],
	"noFix": sprintf("The kubelet's configuration is a file on the node, not an object: %s", [remedy]),
}

message(info, outcome, fault) := sprintf("The kubelet of %s %s", [label(info), fault]) if outcome.value != unread

else := sprintf("Its configuration file could not be read, so that perhaps the kubelet of %s %s", [label(info), fault])
