# METADATA
# title: Feature gates
# description: What the API server was told to switch on, from the ControlPlaneInfo of its node.
package holdfast.lib.feature_gate

import data.holdfast.lib.kubelet
import rego.v1

# Whether an API server among what was scanned was started with a feature gate on.
enabled(gate) if {
	some info in input
	info.kind == "ControlPlaneInfo"
	kubelet.is_on(kubelet.gate({"data": info.data.APIServerInfo}, gate))
}
