# METADATA
# title: Mounted ConfigMaps
# description: Finds the containers that mount a ConfigMap of their namespace.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, ConfigMap]
package armo_builtins

import data.holdfast.lib.mounted_object
import rego.v1

deny contains finding if {
	some obj in input
	some mount in mounted_object.mounts(obj, "ConfigMap")
	finding := mounted_object.finding(obj, mount, "Whether the application reads the ConfigMap can't be seen here. Where it doesn't, remove the mount and the volume; where it reads a part, name that in the volume's items.")
}
