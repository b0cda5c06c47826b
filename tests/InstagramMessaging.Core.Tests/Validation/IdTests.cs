using System;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using Xunit;

namespace InstagramMessaging.Core.Tests.Validation;

/// <summary>Design section 5, "Ids".</summary>
public class IdTests
{
    [Theory]
    [InlineData("17841400000000042")]
    [InlineData("1")]
    [InlineData("007")]
    [InlineData("99999999999999999999999999")]
    public void A_recipient_is_digits_and_stays_as_it_is(string id) => Assert.Equal(id, IdRules.Recipient(id));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(" 17841400000000042")]
    [InlineData("17841400000000042 ")]
    [InlineData("17841400000000042\n")]
    [InlineData("17841 400000")]
    [InlineData("17841\u00A0400000")]
    [InlineData("\u200B17841400000000042")]
    [InlineData("\uFEFF17841400000000042")]
    [InlineData("17,841,400")]
    [InlineData("17841400000000042.0")]
    [InlineData("-17841400000000042")]
    [InlineData("+17841400000000042")]
    [InlineData("'17841400000000042")]
    [InlineData("\u0661\u0667\u0668\u0664\u0661")]
    [InlineData("\uFF11\uFF17\uFF18\uFF14\uFF11")]
    [InlineData("\u00B2\u00B3")]
    [InlineData("12_34")]
    [InlineData("0x7f")]
    [InlineData("NULL")]
    [InlineData("#N/A")]
    [InlineData("{id}")]
    public void What_is_not_digits_is_no_recipient(string? id) => Refusal.Of("IgRecipientInvalid", () => IdRules.Recipient(id));

    [Theory]
    [InlineData("1.78414E+16")]
    [InlineData("1,78414E+16")]
    [InlineData("1.78414e+16")]
    [InlineData("1.78414E16")]
    [InlineData("2E+16")]
    public void Scientific_notation_says_that_the_spreadsheet_did_it(string id)
    {
        Assert.Contains("spreadsheet", Refusal.Of("IgRecipientInvalid", () => IdRules.Recipient(id)).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("spreadsheet", Refusal.Of("IgIdInvalid", () => PayloadRules.Post(id)).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("spreadsheet", Refusal.Of("IgIdInvalid", () => PayloadRules.Media(new MediaInput([], [], [id], null))).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("anna")]
    [InlineData("@anna")]
    [InlineData("anna.b_99")]
    [InlineData("\u0430\u043D\u043D\u0430")]
    public void A_user_name_says_where_ids_come_from(string id)
    {
        InstagramApiException error = Refusal.Of("IgRecipientInvalid", () => IdRules.Recipient(id));
        Assert.Contains("user name", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("webhook", error.Remedy, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("17895695668004550")]
    [InlineData("aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEOjE3ODQx")]
    [InlineData("m_mid.$cAAB-_=/+")]
    public void An_opaque_id_passes_unchanged(string id)
    {
        Assert.Equal(id, PayloadRules.Post(id).PostId);
        Assert.Equal(id, PayloadRules.Reaction(id, "love").MessageId);
        Assert.Equal(id, PayloadRules.ReplyTo(id));
        Assert.Equal(id, Assert.IsType<Messages.MediaIdPayload>(PayloadRules.Media(new MediaInput([], [], [id], null))).AttachmentId);
    }

    [Theory]
    [InlineData(" 17895695668004550")]
    [InlineData("178956 95668004550")]
    [InlineData("17895695668004550\n")]
    [InlineData("a\0b")]
    [InlineData("a\uFFFDb")]
    [InlineData("https://www.instagram.com/p/Cxyz/")]
    public void An_opaque_id_has_no_blanks_and_is_no_address(string id)
    {
        Refusal.Of("IgIdInvalid", () => PayloadRules.Post(id));
        Refusal.Of("IgIdInvalid", () => PayloadRules.Reaction(id, null));
        Refusal.Of("IgIdInvalid", () => PayloadRules.ReplyTo(id));
        Refusal.Of("IgIdInvalid", () => PayloadRules.Media(new MediaInput([], [], [id], "Image")));
    }

    [Fact]
    public void An_object_is_no_id()
    {
        string cell = CellValue.NotText(typeof(DateTime));
        Refusal.Of("IgRecipientInvalid", () => IdRules.Recipient(cell));
        Refusal.Of("IgIdInvalid", () => PayloadRules.Post(cell));
    }
}
