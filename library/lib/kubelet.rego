# METADATA
# title: Kubelet
# description: How a node's kubelet was started and configured, from its KubeletInfo.
package holdfast.lib.kubelet

import rego.v1

# The value of a flag on the command line, the last where it is repeated; a flag without a value is "true".
flag(info, name) := values[count(values) - 1] if {
	words := regex.split(`\s+`, info.data.cmdLine)
	values := [value | some i, word in words; value := flag_value(words, i, word, name)]
	count(values) > 0
}

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
