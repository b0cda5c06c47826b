using System;
using System.Text;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Requests;

/// <summary>
/// The loose writing of the documents' query samples: <c>{id: IGSID}</c>, <c>{'type':'video'}</c>. Words without quotes are
/// strings and run to the next comma or bracket. A comment or a trailing comma is refused here too.
/// </summary>
internal sealed class RelaxedJson
{
    private const int Deepest = 32;

    private readonly string _text;
    private readonly string _name;
    private readonly bool _isLoose;
    private int _at;

    private RelaxedJson(string text, string name, bool isLoose)
    {
        _text = text;
        _name = name;
        _isLoose = isLoose;
    }

    /// <param name="isLoose">Whether of two values of one key the last counts, in place of a refusal.</param>
    internal static GraphValue Parse(string text, string name, bool isLoose)
    {
        var parser = new RelaxedJson(text, name, isLoose);
        GraphValue value = parser.ReadValue(Deepest);
        parser.SkipSpace();
        if (parser._at < text.Length)
            throw parser.Malformed();
        return value;
    }

    private char Next => _at < _text.Length ? _text[_at] : '\0';

    private GraphValue ReadValue(int depth)
    {
        if (depth == 0)
            throw Malformed();

        SkipSpace();
        return Next switch
        {
            '{' => ReadObject(depth),
            '[' => ReadArray(depth),
            '"' or '\'' => GraphValue.Of(ReadQuoted()),
            _ => GraphValue.Of(ReadWord(",]}")),
        };
    }

    private GraphValue ReadObject(int depth)
    {
        var value = GraphValue.NewObject();
        _at++;
        SkipSpace();
        if (Take('}'))
            return value;

        do
        {
            SkipSpace();
            string key = Next is '"' or '\'' ? ReadQuoted() : ReadWord(":,]}");
            SkipSpace();
            if (!Take(':'))
                throw Malformed();
            if (!value.TryAdd(key, ReadValue(depth - 1), replaces: _isLoose))
                throw BodyRules.JsonKeysOnce.Broken($"{_name}[{key}]");
            SkipSpace();
        }
        while (Take(','));

        return Take('}') ? value : throw Malformed();
    }

    private GraphValue ReadArray(int depth)
    {
        var value = GraphValue.NewArray();
        _at++;
        SkipSpace();
        if (Take(']'))
            return value;

        do
        {
            value.Items.Add(ReadValue(depth - 1));
            SkipSpace();
        }
        while (Take(','));

        return Take(']') ? value : throw Malformed();
    }

    private string ReadQuoted()
    {
        char quote = _text[_at++];
        var text = new StringBuilder();
        while (Next != quote)
        {
            if (_at >= _text.Length)
                throw Malformed();
            text.Append(Next == '\\' ? ReadEscape() : _text[_at++]);
        }

        _at++;
        return text.ToString();
    }

    private char ReadEscape()
    {
        _at++;
        char mark = Next;
        _at++;
        return mark switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '"' or '\'' or '\\' or '/' => mark,
            _ => throw Malformed(),
        };
    }

    private string ReadWord(string ends)
    {
        int start = _at;
        while (_at < _text.Length && ends.IndexOf(Next) < 0)
            _at++;

        string word = _text.Substring(start, _at - start).Trim();
        if (word.Length == 0 || word.StartsWith("//", StringComparison.Ordinal) || word.StartsWith("/*", StringComparison.Ordinal))
            throw Malformed();
        return word == "null" && !_isLoose ? throw BodyRules.JsonWithoutNull.Broken(_name) : word;
    }

    private bool Take(char expected)
    {
        if (Next != expected || _at >= _text.Length)
            return false;
        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (Next is ' ' or '\t' or '\r' or '\n')
            _at++;
    }

    private RuleBrokenException Malformed() => BodyRules.JsonWellFormed.Broken(_name);
}
