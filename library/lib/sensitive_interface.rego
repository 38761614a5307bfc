# METADATA
# title: Management interfaces
# description: Which workloads have one, by the names of the parameter sensitiveInterfaces.
package holdfast.lib.sensitive_interface

import data.holdfast.lib.workload
import rego.v1

# Whether a workload's name contains one of the names.
runs(obj) if {
	workload.pod_spec(obj)
	some name in data.postureControlInputs.sensitiveInterfaces
	contains(obj.metadata.name, name)
}
