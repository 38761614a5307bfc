# METADATA
# title: No SELinux context
# description: Containers for which neither they nor their pod choose an SELinux context.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	not workload.windows(spec)
	some list in workload.container_lists
	some i, container in spec[list]
	not has_context(spec, container)
	fixes := [{
		"path": workload.setting_path(obj, spec, list, i, "seLinuxOptions"),
		"choose": "the type, and where pods must be kept apart the level, that the policy of the nodes has for this workload: {type: container_t, level: \"s0:c123,c456\"}",
	}]
	finding := object.union(workload.repair(list, fixes), {
		"alertMessage": sprintf("%s has no SELinux context of its own", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}

has_context(spec, container) if {
	some _, value in workload.setting(spec, container, "seLinuxOptions")
	not value in {null, ""}
}
