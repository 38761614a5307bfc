# METADATA
# title: Windows containers without a user
# description: Containers of Windows pods for which no user, or an administrator, is chosen.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.windows_pod
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some [obj, spec, list, i, container] in windows_pod.containers
	not runs_as_plain_user(spec, container)
	fixes := [{
		"path": windows_pod.option_path(obj, spec, list, i, "runAsUserName"),
		"choose": "ContainerUser, or another user of the image that is no administrator",
	}]
	finding := object.union(workload.repair(list, fixes), {
		"alertMessage": sprintf("%s runs as an administrator, or as whom its image likes", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}

# DOMAIN\\user, or user alone; Windows knows no case in names.
runs_as_plain_user(spec, container) if {
	parts := split(lower(windows_pod.option(spec, container, "runAsUserName")), "\\")
	not parts[count(parts) - 1] in {"containeradministrator", "administrator", "system"}
}
