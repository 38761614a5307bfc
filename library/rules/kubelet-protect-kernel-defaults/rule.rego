# METADATA
# title: Kubelets that change the kernel
# description: Finds nodes whose kubelet changes settings of the kernel to what it wants, instead of stopping.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.kubelet

deny contains finding if {
	some info in input
	protection := kubelet.effective(info, {
		"flag": "--protect-kernel-defaults",
		"field": ["protectKernelDefaults"],
		"inFile": false,
		"byDefault": false,
	})
	not kubelet.is_on(protection.value)
	finding := kubelet.finding(info, protection, "changes settings of the kernel that differ from its own wishes", "set protectKernelDefaults to true there after the sysctls it wants are set on the node, drop --protect-kernel-defaults from its command line, and restart it.")
}
