using System.Text;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;
using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Pictures, sound, video and files, in all the forms they come in.</summary>
public sealed class MediaTests
{
    private const string Png = "iVBORw0KGgo=";

    [Theory]
    [InlineData("data:image/png;base64,iVBORw0KGgo=", "image/png", Png)]
    [InlineData("data:image/png,iVBORw0KGgo=", "image/png", Png)]
    [InlineData("DATA:IMAGE/PNG;BASE64,iVBORw0KGgo=", "image/png", Png)]
    [InlineData(" data:image/png;charset=utf-8;base64, iVBO Rw0K\\nGgo= ", "image/png", Png)]
    [InlineData("data:image/png;base64,iVBO\\r\\nRw0K\\r\\nGgo=", "image/png", Png)]
    [InlineData("data:image/png;base64,iVBORw0KGgo%3D", "image/png", Png)]
    [InlineData("data:image/png;base64,iVBORw0KGgo", "image/png", Png)]
    [InlineData("data:image/jpg;base64,/9j/4AAQ", "image/jpeg", "/9j/4AAQ")]
    [InlineData("data:image/jpeg;base64,_9j_4AAQ", "image/jpeg", "/9j/4AAQ")]
    [InlineData("data:;base64,iVBORw0KGgo=", "image/png", Png)]
    [InlineData("data:application/octet-stream;base64,iVBORw0KGgo=", "image/png", Png)]
    [InlineData("iVBORw0KGgo=", "image/png", Png)]
    [InlineData("data:application/pdf;base64,JVBERi0xLjQ=", "application/pdf", "JVBERi0xLjQ=")]
    public void Translate_DataUri_IsInlineData(string url, string mimeType, string data) =>
        Equal($$$"""{"inlineData":{"mimeType":"{{{mimeType}}}","data":"{{{data}}}"}}""", Part($$$"""{"type":"image_url","image_url":{"url":"{{{url}}}"}}"""));

    [Theory]
    [InlineData("data:image/gif;base64,R0lGODlh", "unsupported_media_type")]
    [InlineData("data:image/svg+xml;base64,PHN2Zz4=", "unsupported_media_type")]
    [InlineData("data:text/x-foo", null)]
    [InlineData("data:image/png;base64,", null)]
    [InlineData("data:image/png;base64,@@@@", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("hello", null)]
    [InlineData("", null)]
    public void Translate_UnreadablePicture_NamesItsField(string url, string? code)
    {
        var error = Fails(Messages($$$"""{"role":"system","content":"x"},{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"{{{url}}}"}}]}"""));

        Assert.Equal("messages[1].content[1].image_url.url", error.Param);
        Assert.Equal(code, error.Code);
    }

    [Theory]
    [InlineData("""{"type":"image_url","image_url":"data:image/png;base64,iVBORw0KGgo="}""")]
    [InlineData("""{"image_url":{"url":"data:image/png;base64,iVBORw0KGgo="},"type":"image_url"}""")]
    [InlineData("""{"type":"input_image","image_url":"data:image/png;base64,iVBORw0KGgo="}""")]
    [InlineData("""{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="},"media_type":"image/png","cache_control":{"type":"ephemeral"}}""")]
    public void Translate_PictureInOtherSpelling_IsUnderstood(string part) => Equal("""{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}}""", Part(part));

    [Fact]
    public void Translate_FetchedPicture_IsInlined()
    {
        var uri = new Uri("https://example.com/cat.png?x=1");
        Equal(
            """[{"text":"what?"},{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}}]""",
            Body(
                Messages("""{"role":"user","content":[{"type":"text","text":"what?"},{"type":"image_url","image_url":{"url":"https://example.com/cat.png?x=1"}}]}"""),
                options: options => options with { Media = new Dictionary<Uri, MediaContent> { [uri] = new("image/png; q=1", Png) } })["contents"]![0]!["parts"]);
    }

    [Fact]
    public void Translate_PictureNotFetched_NamesItsField() =>
        Assert.Equal(
            "messages[0].content[0].image_url.url",
            Fails(Messages("""{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/cat.png"}}]}""")).Param);

    [Theory]
    [InlineData("https://www.youtube.com/watch?v=abc", ",\"mimeType\":\"video/mp4\"")]
    [InlineData("https://youtu.be/abc", ",\"mimeType\":\"video/mp4\"")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/files/abc", "")]
    [InlineData("gs://bucket/cat.png", "")]
    public void Translate_AddressTheUpstreamReads_IsFileData(string url, string mimeType) =>
        Equal($$$"""{"fileData":{"fileUri":"{{{url}}}"{{{mimeType}}}}}""", Part($$$"""{"type":"image_url","image_url":{"url":"{{{url}}}"}}"""));

    [Theory]
    [InlineData("low", "gemini-3.5-flash", "MEDIA_RESOLUTION_LOW")]
    [InlineData("high", "gemini-3.5-flash", "MEDIA_RESOLUTION_HIGH")]
    [InlineData("auto", "gemini-3.5-flash", null)]
    [InlineData("low", "gemini-2.5-flash", null)]
    public void Translate_Detail_IsResolutionFromGemini3On(string detail, string model, string? level) =>
        Assert.Equal(
            level,
            (string?)Body(Messages($$$"""{"role":"user","content":[{"type":"image_url","image_url":{"url":"{{{Png}}}","detail":"{{{detail}}}"}}]}"""), model)
                ["contents"]![0]!["parts"]![0]!["mediaResolution"]?["level"]);

    [Theory]
    [InlineData("wav", "UklGRg==", "audio/wav", "UklGRg==")]
    [InlineData("mp3", "UklGRg==", "audio/mp3", "UklGRg==")]
    [InlineData("pcm16", "UklGRg==", "audio/l16;rate=24000", "UklGRg==")]
    [InlineData("flac", "UklGRg", "audio/flac", "UklGRg==")]
    [InlineData("mp3", "data:audio/mpeg;base64,UklGRg==", "audio/mp3", "UklGRg==")]
    public void Translate_Audio_IsInlineData(string format, string data, string mimeType, string expected) =>
        Equal(
            $$$"""{"inlineData":{"mimeType":"{{{mimeType}}}","data":"{{{expected}}}"}}""",
            Part($$$"""{"type":"input_audio","input_audio":{"data":"{{{data}}}","format":"{{{format}}}"}}"""));

    [Fact]
    public void Translate_BrokenAudio_NamesItsField() =>
        Assert.Equal(
            "messages[0].content[0].input_audio.data",
            Fails(Messages("""{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"@","format":"wav"}}]}""")).Param);

    [Theory]
    [InlineData("""{"file_data":"data:application/pdf;base64,JVBERi0xLjQ=","filename":"a.pdf"}""", """{"inlineData":{"mimeType":"application/pdf","data":"JVBERi0xLjQ="}}""")]
    [InlineData("""{"file_data":"JVBERi0xLjQ="}""", """{"inlineData":{"mimeType":"application/pdf","data":"JVBERi0xLjQ="}}""")]
    [InlineData("""{"file_data":"YSxi","filename":"table.csv"}""", """{"inlineData":{"mimeType":"text/csv","data":"YSxi"}}""")]
    [InlineData("""{"file_data":"data:application/octet-stream;base64,YSxi","filename":"Program.cs"}""", """{"inlineData":{"mimeType":"text/plain","data":"YSxi"}}""")]
    [InlineData("""{"file_data":"data:application/json;base64,e30="}""", """{"inlineData":{"mimeType":"text/plain","data":"e30="}}""")]
    [InlineData("""{"file_data":"data:text/plain,hello%20you%21"}""", """{"inlineData":{"mimeType":"text/plain","data":"aGVsbG8geW91IQ=="}}""")]
    [InlineData("""{"file_id":"files/abc-1","filename":"a.pdf"}""", """{"fileData":{"fileUri":"https://generativelanguage.googleapis.com/v1beta/files/abc-1","mimeType":"application/pdf"}}""")]
    [InlineData("""{"file_id":"https://generativelanguage.googleapis.com/v1beta/files/abc"}""", """{"fileData":{"fileUri":"https://generativelanguage.googleapis.com/v1beta/files/abc"}}""")]
    [InlineData("""{"file_id":"file-abc123"}""", """{"fileData":{"fileUri":"https://generativelanguage.googleapis.com/v1beta/files/abc123"}}""")]
    public void Translate_File_IsInlineDataOrFileData(string file, string expected) => Equal(expected, Part($$"""{"type":"file","file":{{file}}}"""));

    [Theory]
    [InlineData("""{"file_data":"UEsDBA==","filename":"report.docx"}""", "messages[0].content[0].file.file_data")]
    [InlineData("""{"file_data":"@","filename":"a.pdf"}""", "messages[0].content[0].file.file_data")]
    [InlineData("""{"file_id":"file-AbC123"}""", "messages[0].content[0].file.file_id")]
    [InlineData("""{"file_id":"files/../models"}""", "messages[0].content[0].file.file_id")]
    public void Translate_FileGeminiCannotRead_NamesItsField(string file, string param) =>
        Assert.Equal(param, Fails(Messages($$"""{"role":"user","content":[{"type":"file","file":{{file}}}]}""")).Param);

    [Fact]
    public void Translate_Video_IsInlineData() =>
        Equal("""{"inlineData":{"mimeType":"video/mp4","data":"AAAA"}}""", Part("""{"type":"video_url","video_url":{"url":"data:video/mp4;base64,AAAA"}}"""));

    [Theory]
    [InlineData("mp4", "AAAA", "video/mp4")]
    [InlineData("mov", "AAAA", "video/mov")]
    [InlineData("webm", "data:video/webm;base64,AAAA", "video/webm")]
    public void Translate_InputVideo_IsInlineData(string format, string data, string type) => Equal(
        $$$"""{"inlineData":{"mimeType":"{{{type}}}","data":"AAAA"}}""", Part($$$"""{"type":"input_video","input_video":{"data":"{{{data}}}","format":"{{{format}}}"}}"""));

    [Fact]
    public void Translate_BrokenInputVideo_NamesItsField() => Assert.Equal(
        "messages[0].content[0].input_video.data",
        Fails(Messages("""{"role":"user","content":[{"type":"input_video","input_video":{"data":"@","format":"mp4"}}]}""")).Param);

    [Fact]
    public void Find_AddressesToFetch_ComeOnceInOrder()
    {
        var request = OpenAIRequestReader.ReadChat(Encoding.UTF8.GetBytes(Messages("""
            {"role":"user","content":[
                {"type":"image_url","image_url":{"url":"https://b.example/1.png"}},
                {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},
                {"type":"image_url","image_url":{"url":"https://youtu.be/x"}},
                {"type":"image_url","image_url":{"url":"gs://b/c"}},
                {"type":"image_url","image_url":{"url":"https://generativelanguage.googleapis.com/v1beta/files/x"}},
                {"type":"image_url","image_url":{"url":"http://a.example/2.png"}},
                {"type":"file","file":{"file_data":"https://c.example/3.pdf"}},
                {"type":"video_url","video_url":{"url":"https://d.example/4.mp4"}},
                {"type":"image_url","image_url":{"url":"https://b.example/1.png"}}]},
            {"role":"tool","tool_call_id":"x","content":[{"type":"image_url","image_url":{"url":"https://e.example/5.png"}}]}
            """)));

        Assert.Equal(
            ["https://b.example/1.png", "http://a.example/2.png", "https://c.example/3.pdf", "https://d.example/4.mp4", "https://e.example/5.png"],
            RemoteMedia.Find(request).Select(uri => uri.OriginalString));
    }

    [Fact]
    public void Find_TooManyAddresses_IsRefused()
    {
        var parts = string.Join(',', Enumerable.Range(0, RequestLimits.RemoteMediaMax + 1).Select(i => $$$"""{"type":"image_url","image_url":{"url":"https://a.example/{{{i}}}"}}"""));
        var request = OpenAIRequestReader.ReadChat(Encoding.UTF8.GetBytes(Messages($$"""{"role":"user","content":[{{parts}}]}""")));

        Assert.Throws<TranslationException>(() => RemoteMedia.Find(request));
    }

    private static System.Text.Json.Nodes.JsonNode? Part(string part) =>
        Body(Messages($$"""{"role":"user","content":[{{part}}]}"""))["contents"]![0]!["parts"]![0];
}
