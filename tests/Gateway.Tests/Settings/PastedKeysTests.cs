using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Tests.Settings;

public sealed class PastedKeysTests
{
    private const string Standard = "AIzaSyTest-0000000000000000000000000001";
    private const string Authorization = "AQ.Ab8RN6Test.0000-0000_0000000000000000002";

    public static TheoryData<string> Texts =>
    [
        $"{Standard}\r\n{Authorization}\r\n",
        $"  {Standard} ,\n\t{Authorization};",
        $$"""{"keys": ["{{Standard}}", "{{Authorization}}"]}""",
        $$"""
          {
            "keys": [
              { "name": "one", "api_key": "{{Standard}}" },
              { "name": "two", "api_key": "{{Authorization}}" }
            ]
          }
          """,
        $"""
         # API_KEYS=AIzaSyTest-0000000000000000000000000009
         GOOGLE_GENERATIVE_AI_API_KEY={Standard}
         export GEMINI_API_KEY_2="{Authorization}"
         TIME_OUT=300
         """,
        $"""API_KEYS=["{Standard}","{Authorization}"]""",
        $"| 1 | {Standard} | 2026-01-15 |\n| 2 | {Authorization} | 2026-01-16 |",
        $"Please take https://example.org/v1beta/models?key={Standard} and {Authorization}.",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Keys_AreFoundInAnyForm(string text)
    {
        var batch = PastedKeys.Read(text);

        Assert.Equal([Standard, Authorization], batch.Keys.Select(key => key.Reveal()));
        Assert.Empty(batch.Duplicates);
        Assert.Empty(batch.Invalid);
    }

    [Fact]
    public void WhatIsNoKey_IsReportedMasked()
    {
        var batch = PastedKeys.Read($"{Standard[..^1]}\n{Standard}\n{Standard}\nAQ.short-one\nnonsense\nhere is AIza by the way");

        Assert.Equal([Standard], batch.Keys.Select(key => key.Reveal()));
        Assert.Equal(["AIza…0001"], batch.Duplicates);
        Assert.Equal(["AIza…0000", "…", "…"], batch.Invalid);
    }

    [Fact]
    public void OtherShapes_AreKeysWhereTheyStandAlone()
    {
        Assert.Equal("NewPrefix.0123456789abcdef", PastedKeys.Read("\"NewPrefix.0123456789abcdef\",").Keys.Single().Reveal());
        Assert.Empty(PastedKeys.Read("request 0123456789abcdef0123456789abcdef failed").Keys);
    }
}
