using System.Collections.Generic;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Reads;

/// <summary>Reads <c>fields</c>: names with commas between, modifiers behind dots, fields of fields in braces.</summary>
internal sealed class FieldsParser
{
    private const int Deepest = 6;
    private const int MostFields = 200;

    private readonly string _text;
    private int _at;
    private int _count;

    private FieldsParser(string text) => _text = text;

    private char Next => _at < _text.Length ? _text[_at] : '\0';

    internal static IReadOnlyList<Field> Parse(string text)
    {
        var parser = new FieldsParser(text);
        IReadOnlyList<Field> fields = parser.ReadList(Deepest);
        return parser._at == text.Length ? fields : throw parser.Expected("end of string");
    }

    private List<Field> ReadList(int depth)
    {
        if (depth == 0)
            throw Expected("fewer braces");

        var fields = new List<Field>();
        do
        {
            Field field = ReadField(depth);
            if (++_count > MostFields)
                throw Expected("fewer fields");
            if (!fields.Exists(one => one.Name == field.Name))
                fields.Add(field);
        }
        while (Take(','));
        return fields;
    }

    private Field ReadField(int depth)
    {
        string name = ReadName();
        var modifiers = new List<KeyValuePair<string, string>>();
        ReadModifiers(modifiers);
        IReadOnlyList<Field>? inner = null;
        if (Take('{'))
        {
            inner = ReadList(depth - 1);
            if (!Take('}'))
                throw Expected("}");
            ReadModifiers(modifiers);
        }

        return new Field(name) { Inner = inner, Modifiers = modifiers };
    }

    private void ReadModifiers(List<KeyValuePair<string, string>> modifiers)
    {
        while (Take('.'))
        {
            string name = ReadName();
            if (!Take('('))
                throw Expected("(");

            int end = _text.IndexOf(')', _at);
            if (end < 0 || modifiers.Count == Deepest)
                throw Expected(")");
            modifiers.Add(new KeyValuePair<string, string>(name, _text.Substring(_at, end - _at).Trim()));
            _at = end;
            Take(')');
        }
    }

    private string ReadName()
    {
        SkipSpace();
        int start = _at;
        while (Next is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_')
            _at++;
        if (_at == start)
            throw Expected("name");

        string name = _text.Substring(start, _at - start);
        SkipSpace();
        return name;
    }

    private bool Take(char mark)
    {
        if (_at >= _text.Length || Next != mark)
            return false;
        _at++;
        SkipSpace();
        return true;
    }

    private void SkipSpace()
    {
        while (Next is ' ' or '\t' or '\r' or '\n')
            _at++;
    }

    private RuleBrokenException Expected(string what) => ReadRules.FieldsWellFormed.Broken($"Expected {what}.", _at);
}
