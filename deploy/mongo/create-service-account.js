// Run once by the image of MongoDB when its volume is empty: an account that may use the service's database and no other.
db.getSiblingDB('admin').createUser({
  user: 'referencia',
  pwd: process.env.SERVICE_PASSWORD,
  roles: [{ role: 'readWrite', db: 'referencia' }],
});
