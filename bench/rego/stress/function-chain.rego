# The price of orders: discounts of folders that lie in folders, seven deep, worked out from the inside.
package stress

result := [{"order": order.id, "price": price(order)} | some order in input.orders]

price(order) := sum([line_price(line, order.customer) | some line in order.lines])

line_price(line, customer) := ((line.units * line.price) * (100 - level7(line.units, customer.level))) / 100

level0(units, level) := 0 if units < 1

else := min([level, 3])

level1(units, level) := level0(units, level) + step(units, 1)

level2(units, level) := level1(units, level) + step(units, 2)

level3(units, level) := level2(units, level) + step(units, 4)

level4(units, level) := level3(units, level) + step(units, 8)

level5(units, level) := level4(units, level) + step(units, 16)

level6(units, level) := level5(units, level) + step(units, 32)

level7(units, level) := level6(units, level) + step(units, 64)

step(units, limit) := 2 if units > limit

step(units, limit) := 1 if units == limit

default step(_, _) := 0
