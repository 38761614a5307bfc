# Orders whose customer is blocked, and products that nobody ordered: joins the way rules have been written since the first version of the language.
package stress

result contains sprintf("order %d of %s", [order.id, customer.name]) if {
	order := input.orders[_]
	customer := input.customers[_]
	customer.id == order.customer
	customer.blocked
}

ordered(product) if input.orders[_].product == product.id

result contains sprintf("nobody ordered %s", [product.name]) if {
	product := input.products[_]
	not ordered(product)
}
