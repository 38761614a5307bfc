# METADATA
# title: SELinux options of their own
# description: Pods and containers that choose a user or a role of SELinux, or a type that is not one of containers.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.pod_security_standard
import data.holdfast.lib.security_context
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	some place in security_context.places(obj)
	paths := [sprintf("%s.seLinuxOptions.%s", [security_context.path(obj, place), field]) |
		some field, value in place.context.seLinuxOptions
		value != null
		forbidden(field, value)
	]
	count(paths) > 0
	finding := security_context.finding(obj, place, "leaves the SELinux context of containers", workload.removal(place.list, paths))
}

forbidden("type", value) if not value in pod_security_standard.selinux_types

forbidden(field, value) if {
	field in {"user", "role"}
	value != ""
}
