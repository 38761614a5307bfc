# METADATA
# title: Windows pods without an account of the domain
# description: Containers of Windows pods for which no group-managed service account is chosen.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.windows_pod
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some [obj, spec, list, i, container] in windows_pod.containers
	not windows_pod.option(spec, container, "gmsaCredentialSpecName")
	not windows_pod.option(spec, container, "gmsaCredentialSpec")
	fixes := [{
		"path": windows_pod.option_path(obj, spec, list, i, "gmsaCredentialSpecName"),
		"choose": "the name of the GMSACredentialSpec of this application; nothing, with an exception, where it needs no account of a domain",
	}]
	finding := object.union(workload.repair(list, fixes), {
		"alertMessage": sprintf("%s has no group-managed service account", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}
