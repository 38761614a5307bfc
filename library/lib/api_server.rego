# METADATA
# title: API server
# description: The pods that run kube-apiserver, and the flags that they start it with.
package holdfast.lib.api_server

import rego.v1

# The places of the pod's containers that run the API server. A pod that only carries its label (kubeadm and RKE2 label
# their static pods) runs it in the container of that name, or in its only one.
container_places(pod) := places if {
	places := [i | some i, container in pod.spec.containers; runs_api_server(container)]
	count(places) > 0
}

else := [0] if {
	pod.metadata.labels.component == "kube-apiserver"
	count(pod.spec.containers) == 1
}

runs_api_server(container) if container.name == "kube-apiserver"

# Distributions start it by a path, or as the first word after a multi-call binary such as /hyperkube.
runs_api_server(container) if regex.match(`(^|/)kube-apiserver$`, container.command[0])

runs_api_server(container) if regex.match(`(^|/)kube-apiserver$`, container.command[1])

runs_api_server(container) if regex.match(`(^|/)kube-apiserver$`, container.args[0])

# Every setting of a flag, in the order in which the API server reads them: {"path": where, "value": text}. It takes both
# --flag=value and --flag value.
settings(container, i, flag) := array.concat(list_settings(container, i, "command", flag), list_settings(container, i, "args", flag))

list_settings(container, i, list, flag) := [setting |
	some j, word in container[list]
	setting := {
		"path": sprintf("spec.containers[%d].%s[%d]", [i, list, j]),
		"value": setting_value(container[list], j, word, flag),
	}
]

setting_value(_, _, word, flag) := substring(word, count(flag) + 1, -1) if startswith(word, sprintf("%s=", [flag]))

setting_value(words, j, flag, flag) := words[j + 1]

# The setting that counts: the last. Undefined where the flag isn't set.
setting(container, i, flag) := all[count(all) - 1] if {
	all := settings(container, i, flag)
	count(all) > 0
}

# The list that holds the flags: args where there are any, as RKE2 writes them, else the command.
flag_list(container) := "args" if count(container.args) > 0

else := "command"

flags_path(container, i) := sprintf("spec.containers[%d].%s", [i, flag_list(container)])

# Where a flag that is missing belongs: behind the last one.
next_flag_path(container, i) := sprintf("%s[%d]", [flags_path(container, i), count(object.get(container, flag_list(container), []))])

# Whether a flag is set to something.
has_value(container, i, flag) if setting(container, i, flag).value != ""
