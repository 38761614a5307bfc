# METADATA
# title: The host's processes
# description: Pods that share the process table of their node.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.host_namespace
import rego.v1

deny contains finding if some finding in host_namespace.findings("hostPID")
