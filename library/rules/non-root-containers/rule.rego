# METADATA
# title: Containers that may run as root
# description: Containers whose user may be root or whose main group is root's, as the settings of container and pod together have it.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	fields := array.concat(user_faults(spec, container), group_faults(spec, container))
	count(fields) > 0
	fixes := [fix | some field in fields; fix := {"path": path(obj, spec, list, i, field), "value": safe_value(field)}]
	finding := object.union(workload.repair(list, fixes), {
		"alertMessage": sprintf("%s may run %s", [workload.container_label(obj, container), danger(fields)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}

danger(fields) := "in root's group" if fields == ["runAsGroup"]

else := "as root"

# The settings to change so that the user is not root. A user that is given by number decides; runAsNonRoot only where none is,
# since beside runAsUser: 0 it merely keeps the container from starting. Windows has no numbers for users.
user_faults(spec, container) := ["runAsUser"] if {
	workload.setting(spec, container, "runAsUser") in {0, "0"}
	not workload.windows(spec)
}

else := [] if {
	workload.setting(spec, container, "runAsUser")
	not workload.windows(spec)
}

else := [] if workload.setting(spec, container, "runAsNonRoot") == true

else := ["runAsNonRoot"]

group_faults(spec, container) := [] if {
	group := workload.setting(spec, container, "runAsGroup")
	not group in {0, "0"}
}

else := [] if workload.windows(spec)

else := ["runAsGroup"]

# A number is corrected where it stands; runAsNonRoot at the container, which wins over the pod.
path(obj, spec, list, i, field) := workload.setting_path(obj, spec, list, i, field) if field != "runAsNonRoot"

else := sprintf("%s.securityContext.%s", [workload.container_path(obj, list, i), field])

safe_value(field) if field == "runAsNonRoot"

else := 1000
