using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Messages to contents: roles, order, merging, and what the API demands of a conversation.</summary>
public sealed class MessageTests
{
    [Fact]
    public void Translate_SimpleQuestion_IsOneUserContent() =>
        Equal("""{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""", Body(Messages("""{"role":"user","content":"hi"}""")));

    [Fact]
    public void Translate_SystemAndDeveloper_BecomePartsOfOneInstruction() =>
        Equal(
            """{"systemInstruction":{"parts":[{"text":"a"},{"text":"b"},{"text":"c"}]},"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""",
            Body(Messages("""{"role":"system","content":"a"},{"role":"user","content":"hi"},{"role":"developer","content":[{"type":"text","text":"b"},{"type":"text","text":"c"}]}""")));

    [Fact]
    public void Translate_OnlySystem_BecomesUserTurn() =>
        Equal("""{"contents":[{"role":"user","parts":[{"text":"rules"}]}]}""", Body(Messages("""{"role":"system","content":"rules"}""")));

    [Fact]
    public void Translate_Gemma_PrependsSystemToFirstUserTurn() =>
        Equal(
            """{"contents":[{"role":"user","parts":[{"text":"rules"},{"text":"hi"}]}]}""",
            Body(Messages("""{"role":"system","content":"rules"},{"role":"user","content":"hi"}"""), "gemma-3-27b-it"));

    [Fact]
    public void Translate_NeighboursOfOneRole_AreMerged() =>
        Equal(
            """{"contents":[{"role":"user","parts":[{"text":"a"},{"text":"b"}]},{"role":"model","parts":[{"text":"c"},{"text":"d"}]},{"role":"user","parts":[{"text":"e"}]}]}""",
            Body(Messages("""
                {"role":"user","content":"a"},{"role":"user","content":"b"},{"role":"assistant","content":"c"},{"role":"assistant","content":"d"},{"role":"user","content":"e"}
                """)));

    [Fact]
    public void Translate_LeadingAnswer_GetsUserTurnBeforeIt() =>
        Equal(
            """{"contents":[{"role":"user","parts":[{"text":" "}]},{"role":"model","parts":[{"text":"Welcome"}]},{"role":"user","parts":[{"text":"hi"}]}]}""",
            Body(Messages("""{"role":"assistant","content":"Welcome"},{"role":"user","content":"hi"}""")));

    [Fact]
    public void Translate_AnswerAtTheEnd_GetsUserTurnBehindIt() =>
        Equal(
            """{"contents":[{"role":"user","parts":[{"text":"hi"}]},{"role":"model","parts":[{"text":"Once upon"}]},{"role":"user","parts":[{"text":"Continue."}]}]}""",
            Body(Messages("""{"role":"user","content":"hi"},{"role":"assistant","content":"Once upon"}""")));

    [Fact]
    public void Translate_EmptyTextParts_AreDropped() =>
        Equal(
            """{"contents":[{"role":"user","parts":[{"text":"a"}]}]}""",
            Body(Messages("""{"role":"user","content":[{"type":"text","text":""},{"type":"text","text":"a"}]}""")));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""[{"type":"text","text":""}]""")]
    public void Translate_NothingSaid_IsOneSpace(string content) =>
        Equal("""{"contents":[{"role":"user","parts":[{"text":" "}]}]}""", Body(Messages($$"""{"role":"user","content":{{content}}}""")));

    [Fact]
    public void Translate_Refusal_IsText() =>
        Equal(
            """{"contents":[{"role":"user","parts":[{"text":"a"}]},{"role":"model","parts":[{"text":"No."}]},{"role":"user","parts":[{"text":"b"}]}]}""",
            Body(Messages("""{"role":"user","content":"a"},{"role":"assistant","content":null,"refusal":"No."},{"role":"user","content":"b"}""")));

    [Fact]
    public void Translate_APartMadeOfAWholeMessage_IsItsText() =>
        Equal(
            """{"contents":[{"role":"user","parts":[{"text":"a"}]},{"role":"model","parts":[{"text":"b"}]},{"role":"user","parts":[{"text":"c"}]}]}""",
            Body(Messages("""
                {"role":"user","content":"a"},
                {"role":"assistant","content":[{"type":"text","text":"b","role":"assistant","refusal":null,"reasoning_content":"hm","annotations":[]}]},
                {"role":"user","content":"c"}
                """)));

    [Fact]
    public void Translate_ReasoningOfEarlierAnswer_IsDropped() =>
        Equal(
            """{"contents":[{"role":"user","parts":[{"text":"a"}]},{"role":"model","parts":[{"text":"b"}]},{"role":"user","parts":[{"text":"c"}]}]}""",
            Body(Messages("""
                {"role":"user","content":"a"},
                {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"x"},{"type":"text","text":"b"}],"reasoning_content":"hm","thinking":{"content":"hm","signature":"x"}},
                {"role":"user","content":"c"}
                """)));

    [Fact]
    public void Translate_PictureInMarkdownOfEarlierAnswer_IsAPictureAgain() =>
        Equal(
            """
            {"contents":[{"role":"user","parts":[{"text":"draw"}]},
            {"role":"model","parts":[{"text":"Here: "},{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}},{"text":" done"}]},
            {"role":"user","parts":[{"text":"more"}]}]}
            """,
            Body(Messages("""
                {"role":"user","content":"draw"},
                {"role":"assistant","content":"Here: ![image](data:image/png;base64,iVBORw0KGgo=) done"},
                {"role":"user","content":"more"}
                """)));

    [Fact]
    public void Translate_PicturesOfEarlierAnswer_ComeBack() =>
        Equal(
            """{"role":"model","parts":[{"text":"ok"},{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}}]}""",
            Body(Messages("""
                {"role":"user","content":"draw"},
                {"role":"assistant","content":"ok","images":[{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="},"index":0}]},
                {"role":"user","content":"more"}
                """))["contents"]![1]);

    [Fact]
    public void Translate_TextBeyondAscii_TravelsUnescaped()
    {
        var body = System.Text.Encoding.UTF8.GetString(Translate(Messages("""{"role":"user","content":"你好 <b>\ud83d\ude00</b>"}""")).ToUtf8Bytes());
        Assert.Contains("你好 <b>", body, StringComparison.Ordinal);
    }
}
