using System.Text;
using GeminiBalance.Gateway.Resources;

namespace GeminiBalance.Gateway.Tests.Resources;

public sealed class NamedResourcesTests
{
    [Theory]
    [InlineData("""{"contents":[{"parts":[{"text":"hi"}]}]}""", "")]
    [InlineData("""{"contents":[{"parts":[{"text":"files/abc"}]}]}""", "")]
    [InlineData("""{"contents":[{"parts":[{"fileData":{"fileUri":"https://generativelanguage.googleapis.com/v1beta/files/a"}},{"file_data":{"file_uri":"files/b"}}]}]}""", "files/a files/b")]
    [InlineData("""{"contents":[{"parts":[{"fileData":{"fileUri":"https:\/\/generativelanguage.googleapis.com\/v1beta\/files\/a"}}]}]}""", "files/a")]
    [InlineData("""{"contents":[{"parts":[{"fileData":{"fileUri":"files/a"}},{"fileData":{"fileUri":"files/a"}}]}]}""", "files/a")]
    [InlineData("""{"contents":[{"parts":[{"fileData":{"fileUri":"https://youtu.be/files"}}]}]}""", "")]
    [InlineData("""{"cachedContent":"cachedContents/c"}""", "cachedContents/c")]
    [InlineData("""{"extra_body":{"google":{"cached_content":"cachedContents/c"}}}""", "cachedContents/c")]
    [InlineData("""{"tools":[{"fileSearch":{"fileSearchStoreNames":["fileSearchStores/s","fileSearchStores/t"]}}]}""", "fileSearchStores/s fileSearchStores/t")]
    [InlineData("""{"batch":{"inputConfig":{"fileName":"files/a"}}}""", "files/a")]
    [InlineData("""{"instances":[{"video":{"uri":"https://generativelanguage.googleapis.com/v1beta/files/v:download?alt=media"}}]}""", "files/v")]
    [InlineData("""{"fileUri":"\u0066iles/a"}""", "files/a")]
    [InlineData("""{"fil\u0065Uri":"\u0066iles\u002Fa"}""", "files/a")]
    [InlineData("""{"fileUri":"https://generativelanguage.googleapis.com/v1beta/%66iles/a"}""", "files/a")]
    [InlineData("""{"text":"half a pair: \ud83d","fileUri":"files/a"}""", "files/a")]
    [InlineData("""{"a":[1,],/* files */"fileUri":"files/a",}""", "files/a")]
    public void Find_ReadsReferencesAndNothingElse(string body, string names) =>
        Assert.Equal(names, string.Join(' ', NamedResources.Find(Encoding.UTF8.GetBytes(body), out _).Select(name => name.Root)));

    [Theory]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/files/a?{0}")]
    [InlineData("https:\\/\\/generativelanguage.googleapis.com/v1beta/files/a?{1}")]
    public void Find_HoweverLongTheAddress_ReadsIt(string address)
    {
        var body = $$"""{"fileUri":"{{string.Format(System.Globalization.CultureInfo.InvariantCulture, address, new string('x', 10_000), string.Concat(Enumerable.Repeat("\\u0061", 500)))}}"}""";

        Assert.Equal(["files/a"], NamedResources.Find(Encoding.UTF8.GetBytes(body), out _).Select(name => name.Root!));
    }

    [Theory]
    [InlineData("""{"fileUri":"files/a"}""", true, "files/a")]
    [InlineData("text without a name", true, "")]
    [InlineData("""{"text":"50 % of \u00e9, 100%","x":01}""", true, "")]
    [InlineData("""{'fileUri':'\u0066i\u006Ces/a'}""", false, "")]
    [InlineData("""{'fileUri':'%66iles/a'}""", false, "")]
    [InlineData("files", false, "")]
    [InlineData("""{"fileUri":"files/a","broken""", false, "files/a")]
    [InlineData("""{"\ud800aaaaaaaa":1,"fileUri":"files/a"}""", false, "")]
    [InlineData("""{"cachedContent":"\ud800","fileUri":"files/a"}""", false, "")]
    [InlineData("""{'fileUri':'files/a'}""", false, "")]
    public void Find_WhatCannotBeReadToItsEnd_SaysSo(string body, bool isWhole, string names)
    {
        Assert.Equal(names, string.Join(' ', NamedResources.Find(Encoding.UTF8.GetBytes(body), out var whole).Select(name => name.Root)));
        Assert.Equal(isWhole, whole);
    }

    [Fact]
    public void Find_MoreThanARequestMayName_StopsThere()
    {
        var body = $$"""{"fileSearchStoreNames":[{{string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"fileSearchStores/{i}\""))}}]}""";

        Assert.Equal(Limits.NamedResourcesMax + 1, NamedResources.Find(Encoding.UTF8.GetBytes(body), out _).Count);
    }
}
