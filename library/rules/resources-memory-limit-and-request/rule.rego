# METADATA
# title: Memory requests and limits
# description: Containers without a memory request or limit, or with one outside the bounds that the parameters set.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, LimitRange]
#   parameters: [memory_request_max, memory_request_min, memory_limit_max, memory_limit_min]
package armo_builtins

import data.holdfast.lib.resource_amount
import rego.v1

deny contains finding if some finding in resource_amount.findings("memory")
