/**
 * Passwords that guessers try first, in small letters and without digits at the end: a password is refused when what is
 * left of it after the same treatment stands here. Own selection, for Spanish and English speakers in Honduras.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  [
    'password passw0rd password! contraseña contrasena contrasenia clave claves miclave secreto secreta acceso entrar',
    'qwerty qwertyui qwertyuiop qwerty! asdfgh asdfghjk asdfghjkl zxcvbn zxcvbnm abcdef abcdefgh abcdefghi abcabc',
    'admin administrador administrator usuario user invitado guest root sistema sistemas prueba pruebas test testing',
    'bienvenido bienvenida bienvenidos welcome welcome! hola hola! holahola letmein iloveyou tequiero teamo teamo! amor amormio',
    'honduras catracho catracha catrachos tegucigalpa tegus sanpedrosula sanpedro laceiba ceiba comayagua choluteca copan',
    'olimpia motagua marathon realespaña realespana realmadrid barcelona messi ronaldo futbol football',
    'hospital hospitales clinica clinicas salud saludpublica secretaria secretariadesalud sesal doctor doctora medico medica',
    'enfermera enfermero enfermeria paciente pacientes referencia referencias respuesta expediente farmacia laboratorio',
    'dios diosesamor jesus jesucristo jehova maria virgenmaria bendicion bendiciones familia mifamilia mama papa mihija mihijo',
    'princesa princess angel angelito estrella mariposa corazon chocolate sunshine dragon monkey superman batman pokemon',
    'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre verano invierno navidad',
    'lunes martes miercoles jueves viernes sabado domingo computadora internet google facebook whatsapp samsung',
    'cambiame changeme temporal default master login trustno shadow michael jordan jennifer carlos jose juan pedro luis',
  ]
    .join(' ')
    .split(' '),
);
