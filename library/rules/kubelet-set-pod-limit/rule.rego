# METADATA
# title: Kubelets without a limit for processes
# description: Finds nodes whose kubelet lets a pod start as many processes as it likes.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.kubelet

deny contains finding if {
	some info in input
	limit := kubelet.effective(info, {
		"flag": "--pod-max-pids",
		"field": ["podPidsLimit"],
		"inFile": -1,
		"byDefault": -1,
	})
	not positive(limit.value)
	finding := kubelet.finding(info, object.union(limit, {"paths": []}), "sets no limit to the processes of a pod", "set podPidsLimit there to a number such as 4096, or --pod-max-pids on its command line, and restart it.")
}

# Zero and less is no limit.
positive(value) if to_number(value) > 0
