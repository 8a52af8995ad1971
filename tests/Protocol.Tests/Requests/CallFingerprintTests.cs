using System.Text.Json;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>A call is known again after a client has parsed and written it.</summary>
public sealed class CallFingerprintTests
{
    private const string Call = """{"city":"Zürich","days":[1.0,2],"deep":{"b":1e3,"a":null}}""";

    [Theory]
    [InlineData("""{ "days": [1, 2.0], "deep": {"a":null,"b":1000}, "city": "Z\u00fcrich" }""", true)]
    [InlineData("""{"city":"Zürich","days":[2,1.0],"deep":{"b":1e3,"a":null}}""", false)]
    [InlineData("""{"city":"Zürich","days":[1.0,2],"deep":{"b":"1000","a":null}}""", false)]
    [InlineData("""{"city":"Zürich","days":[1.0,2],"deep":{"b":1e3}}""", false)]
    public void Of_SameArguments_HoweverWritten(string arguments, bool isSame) => Assert.Equal(isSame, Of("f", Call) == Of("f", arguments));

    [Fact]
    public void Of_AnotherFunction_IsAnother() => Assert.NotEqual(Of("f", "{}"), Of("g", "{}"));

    [Fact]
    public void Of_NoArguments_AreEmptyOnes() => Assert.Equal(Of("f", "{}"), CallFingerprint.Of("f", default));

    [Fact]
    public void Of_HalfASurrogatePair_IsTaken() =>
        Assert.NotEqual(Of("f", """{"a":"\ud800","\udc00":1}"""), Of("f", """{"a":"\ud801","\udc00":1}"""));

    private static CallFingerprint Of(string function, string arguments)
    {
        using var parsed = JsonDocument.Parse(arguments);
        return CallFingerprint.Of(function, parsed.RootElement);
    }
}
