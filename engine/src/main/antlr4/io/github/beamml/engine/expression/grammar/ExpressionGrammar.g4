/*
 * The expression language: a subset of the syntax of the Common Expression Language (CEL), with
 * column names that may hold dots. docs/expressions.md says what it means.
 *
 * One rule a level of precedence, and chains as loops, so that the depth of the parser's stack
 * follows the nesting of the text alone.
 */
grammar ExpressionGrammar;

text
    : expression EOF
    ;

/* A rule over figures. The two names are the words by and where, which names may be elsewhere. */
gate
    : left=sum (by=NAME slice=sum)? operator=('<' | '<=' | '>' | '>=' | '==' | '!=') right=sum
      (where=NAME condition=expression)? EOF
    ;

expression
    : disjunction (mark='?' disjunction ':' expression)?
    ;

disjunction
    : conjunction (operator+='||' conjunction)*
    ;

conjunction
    : comparison (operator+='&&' comparison)*
    ;

comparison
    : sum (operator+=('<' | '<=' | '>' | '>=' | '==' | '!=' | 'in') sum)*
    ;

sum
    : product (operator+=('+' | '-') product)*
    ;

product
    : prefix (operator+=('*' | '/' | '%') prefix)*
    ;

prefix
    : operator='!' prefix # not
    | operator='-' prefix # negation
    | member # plain
    ;

member
    : primary method*
    ;

method
    : '.' NAME '(' arguments? ')'
    ;

primary
    : NAME '(' arguments? ')' # call
    | NAME # column
    | QUOTED_NAME # quotedColumn
    | INTEGER # integer
    | REAL # real
    | STRING # string
    | value=('true' | 'false' | 'null') # word
    | '(' expression ')' # group
    | '[' arguments? ']' # list
    ;

arguments
    : expression (',' expression)*
    ;

TRUE: 'true';
FALSE: 'false';
NULL: 'null';
IN: 'in';

/* auc.low is one name: a column's, or a receiver and its method where '(' follows. */
NAME: PART ('.' PART)*;
QUOTED_NAME: '`' ~[`\r\n]+ '`';

INTEGER: DIGIT+;
REAL
    : DIGIT+ '.' DIGIT+ EXPONENT?
    | '.' DIGIT+ EXPONENT?
    | DIGIT+ EXPONENT
    ;

STRING
    : '\'' (ESCAPE | ~['\\\r\n])* '\''
    | '"' (ESCAPE | ~["\\\r\n])* '"'
    ;
UNCLOSED_STRING
    : '\'' (ESCAPE | ~['\\\r\n])*
    | '"' (ESCAPE | ~["\\\r\n])*
    ;

SPACE: [ \t\r\n]+ -> skip;

/* Whatever else: the parser refuses it with its position. */
UNKNOWN: .;

fragment PART: [\p{L}_] [\p{L}\p{M}\p{Nd}_]*;
fragment DIGIT: [0-9];
fragment EXPONENT: [eE] [+-]? DIGIT+;
fragment ESCAPE: '\\' ~[\r\n];
