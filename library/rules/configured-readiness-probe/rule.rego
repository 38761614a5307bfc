# METADATA
# title: No readiness probe
# description: Containers that nobody asks whether they can take requests.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.probe
import rego.v1

deny contains finding if {
	some obj in input
	some finding in probe.findings(obj, "readinessProbe", "how to ask the container whether it can take requests now: a path, a port or a command")
}
