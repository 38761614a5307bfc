# Pods and the accounts that they run as: two lists, joined by a name and a namespace.
package stress

result contains {"pod": pod.name, "account": account.name, "role": account.role} if {
	some pod in input.pods
	some account in input.accounts
	account.name == pod.account
	account.namespace == pod.namespace
}
