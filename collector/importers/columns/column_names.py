"""What files call a field: by field and language, the surest names first.

Names are compared as `normal` writes them: reviewId, Review ID and review_id are one. A name may
stand under several fields (note, bewertung); what the column holds decides then.
"""

import re
import unicodedata
from collections.abc import Iterable

_PARTS = re.compile(r"[./]|__")
_WRAPPED_IN = (
    "attributes node data record _source fields item payload legacy result value post tweet "
    "review status entry commit reviews tweets posts comment"
)
_WRAPPERS = frozenset(_WRAPPED_IN.split())
"""What a nested object is kept in, which says nothing of its fields."""
AT_TYPE = "atprototype"
"""What `$type` of a record of Bluesky's protocol is called: no other type is one."""
_ENDINGS = frozenset(["label", "$date", "$oid", "$numberint", "$numberlong", "$t", "#text"])


def normal(name: str) -> str:
    """A column's name without case, accents, signs, numbers of list places, and wrappers."""
    parts = [part for part in _PARTS.split(name.strip()) if part and not part.isdecimal()]
    while len(parts) > 1 and parts[0].casefold() in _WRAPPERS:
        parts = parts[1:]
    while len(parts) > 1 and parts[-1].casefold() in _ENDINGS:
        parts = parts[:-1]
    if parts == ["$type"]:
        return AT_TYPE
    folded = unicodedata.normalize("NFKD", "".join(parts).casefold())
    return "".join(char for char in folded if char.isalnum())


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normal(word) for word in text.split()))


FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "created_at": _names("""
        created_at createdAt created created_date creation_date creation_time create_time
        created_time created_utc created_at_utc created_on create_date timestamp_created
        published_at published_date date_published publish_date published published_on
        publication_date publish_time published_time pub_date posted_at posted_on posted_date
        posted date_posted post_date post_time post_created post_created_at
        review_date reviewed_at review_created review_created_at review_created_utc
        review_creation_date review_created_date date_of_review review_time review_timestamp
        review_submit_date_and_time review_posted_date review_datetime date_reviewed
        submit_date submitted_at submitted submission_date submission_time submitted_date
        tweet_date tweet_created_at tweet_created tweet_time
        tweet_timestamp tweet_posted_time dates_published_date dates.publishedDate date_created
        comment_date comment_time comment_created_at commented_at comment_published_at
        at date datetime date_utc utc_date utc_datetime datetime_utc date_time date_and_time
        date_time_utc timestamp_utc iso_date date_iso timestamp_iso datestamp timestamp_ms
        timestamp unix_timestamp unix_review_time epoch_time epoch ts unix time_created time utc
        rating_date feedback_date response_date_time when day date_added added_at date_added_utc
        fecha fecha_creacion fecha_de_creacion fecha_publicacion fecha_de_publicacion
        fecha_resena fecha_de_la_resena fecha_hora fecha_y_hora fecha_comentario
        data data_criacao data_da_criacao data_publicacao data_de_publicacao data_avaliacao
        data_da_avaliacao data_hora data_recensione data_pubblicazione data_comentario data_ora
        datum erstellt_am erstellt erstellungsdatum veroeffentlicht_am veröffentlicht_am
        bewertungsdatum datum_uhrzeit zeitstempel zeitpunkt zeit
        date_de_creation date_creation date_de_publication date_publication date_avis date_de_l_avis
        horodatage date_heure
        дата дата_публикации дата_отзыва дата_создания дата_и_время время
        tanggal tanggal_ulasan tanggal_review tgl waktu
        tarih yorum_tarihi oluşturma_tarihi
        日付 日時 投稿日 投稿日時 レビュー日 作成日 作成日時
        日期 时间 時間 评论时间 评论日期 发布时间 发表时间 时间戳 評論時間 评论日期时间 创建时间
        날짜 작성일 작성일자 작성일시 일자 일시 작성시간 등록일 등록일시 리뷰날짜
        تاريخ التاريخ تاريخ_النشر ngay ngày ngày_tạo thời_gian data_opinii data_utworzenia
        dato วันที่ तारीख दिनांक
        im:updated updated updated_at comments.userComment.lastModified.seconds
        time_submitted submit_time date_submitted ctime create_timestamp published_time_text
        tweet_at tweeted_at posted_time post_published_at comment_publish_date date_review
        review_posted_on reviewed_on reviewed_date review_at date_posted_utc at_date
        date_of_experience experience_date visit_date date_of_visit date_of_stay stay_date
        year_month month_year review_month month
        fechas fecha_y_hora_de_publicacion datas tarihler tarihi dates les_dates zaman
        发帖时间 发微博时间 微博时间 評價時間 评价时间 留言时间 投稿时间 口コミ日 投稿時間
        書き込み日 작성 작성시각 게시일
        дата_и_время_публикации время_публикации опубликовано ngày_đánh_giá ngày_đăng
        วันที่รีวิว วันที่โพสต์
    """),
    "updated_at": _names("""
        updated_at updated updated_date update_date date_updated last_updated last_updated_at
        last_update last_modified last_modified_date modified_at modified modified_date edited_at
        edit_date edited timestamp_updated review_last_update_date_and_time dates.updatedDate
        review_updated review_updated_utc
    """),
    "rating": _names("""
        rating stars star score star_rating star_ratings stars_rating review_rating review_score
        review_stars review_star rating_value rating_score rating_stars user_rating user_score
        overall overall_rating overall_score rate rated ratings grade im:rating num_stars nb_stars
        no_of_stars number_of_stars stars_count star_count stars_given customer_rating
        reviewRating.ratingValue app_rating rating_given given_rating rating_star score_text
        comments.userComment.starRating rating_numeric rating_number rating_num mark points
        airline_rating reviewer_rating review_overall user_review_rating
        calificacion calificación puntuacion puntuación valoracion valoración estrellas puntaje
        num_estrellas numero_de_estrellas nota avaliacao avaliação estrelas classificacao
        classificação pontuacao pontuação
        sterne sternebewertung bewertung wertung punkte punktzahl anzahl_sterne bewertung_sterne
        note etoiles étoiles nombre_d_etoiles nb_etoiles evaluation évaluation notation
        valutazione punteggio voto stelle numero_stelle
        βαθμολογία αξιολόγηση αστέρια דירוג כוכבים ציון
        оценка рейтинг звезды звёзды звезд балл баллы
        nilai peringkat bintang skor rating_bintang penilaian
        puan yıldız yildiz derece değerlendirme_puanı
        評価 星 星数 スコア レーティング 評点 点数
        评分 星级 打分 得分 分数 評分 评级 星級
        별점 평점 점수 별 rating_별점
        تقييم التقييم النجوم عدد_النجوم đánh_giá số_sao điểm ocena gwiazdki liczba_gwiazdek
        waardering beoordeling sterren betyg vurdering arvosana คะแนน ดาว रेटिंग
        voted_up is_recommended recommended recommend recommendation thumbs thumb
        review_recommendation user_recommendation
        rate_star user_stars review_star_rating star_value rating_stars_count
        оценка_пользователя 评分值 评价等级 満足度 総合評価 별점수 คะแนนรีวิว สคอร์
    """),
    "text": _names("""
        note_tweet.text extended_tweet.full_text full_text
        text content body review review_text review_body review_content review_comment
        review_description review_message text_review review_details review_detail user_review
        user_review_text customer_review customer_reviews review_original original_review
        content_text text_content comment comments comment_text comment_body comment_content
        comments.userComment.text userComment.text reviews reviews_text reviews.text message
        message_text tweet tweet_text tweet_content tweets raw_content rendered_content post
        post_text post_content post_body postText status_text toot caption description feedback
        feedback_text customer_feedback user_feedback opinion selftext original_text reviewer_text
        embedded_text txt im:content text_original verbatim remarks remark
        texto comentario comentarios reseña resena reseñas opinión contenido mensaje crítica
        texto_resena texto_del_comentario
        avaliação avaliacao comentário conteúdo mensagem opiniao opinião
        kommentar kommentare rezension rezensionstext bewertungstext inhalt nachricht meinung
        beitrag bewertung
        texte commentaire commentaires avis contenu avis_texte
        testo recensione recensioni commento contenuto
        текст отзыв отзывы комментарий содержание текст_отзыва сообщение
        ulasan komentar isi isi_ulasan teks konten isi_review isi_komentar
        yorum yorumlar metin içerik değerlendirme yorum_metni
        レビュー 本文 内容 コメント テキスト 口コミ レビュー本文 レビュー内容
        评论 评论内容 評論 評論內容 内容 內容 文本 正文 评价 评价内容 留言
        리뷰 내용 리뷰내용 리뷰_내용 댓글 본문 텍스트 리뷰텍스트 후기
        مراجعة المراجعة تعليق التعليق نص النص nội_dung bình_luận nhận_xét đánh_giá
        opinia treść tresc komentarz recenzja recensie opmerking tekst recension omtale arvostelu
        ความคิดเห็น รีวิว ข้อความ समीक्षा टिप्पणी
        verified_reviews original_tweet originaltweet text_display textDisplay textOriginal
        text_original_comment
        comment_message review_comment_message comment_body_text post_message body_text
        full_review review_full raw_review raw_text raw_tweet raw_comment reviewtext_raw
        story_text story_comment_text cleaned_text clean_text cleaned_review clean_review
        cleaned_content clean_content clean_tweet cleaned_tweet text_clean review_clean
        textos comentarios_texto reseñas_texto yorumlar commentaire_texte ulasan_text
        微博正文 微博内容 博文 帖子内容 评论文本 发帖内容 口コミ内容 コメント内容 書き込み
        리뷰_본문 게시글 คอมเมนต์
    """),
    "title": _names("""
        title review_title subject headline review_headline summary review_summary heading
        title_review review_subject im:title text_title comment_title post_title
        titulo título titulo_resena título_de_la_reseña titel betreff titre objet titolo oggetto
        заголовок judul başlık baslik タイトル 件名 标题 標題 제목 العنوان عنوان tiêu_đề tytuł
        onderwerp rubrik
        review_header review_heading review_title_by_user title_of_review titre_avis
        review_comment_title
        comment_headline headline_text titulo_resena post_headline 제목명 評論標題 评论标题
    """),
    "author": _names("""
        author author_name username userName user_name user name reviewer reviewer_name
        reviewer_nickname nickname review_author author_nickname display_name user_display_name
        handle screen_name user.screen_name user.username author.username author.handle
        author.did author.displayName user.displayname consumer.displayName customer_name
        customer profile_name account account.acct account.url acct author_username
        author_fullname author_id author.name author.name.label user_id user_id_str reviewer_id
        author.steamid steamid steam_id consumer.id consumer_name review_consumer_user_name did
        from_user tweet_author user_username user_screen_name user.name user.id_str user_handle
        tweet_user reviewed_by posted_by written_by
        autor usuario nombre nombre_usuario nome benutzer benutzername verfasser nutzer nutzername
        auteur utilisateur nom pseudo autore utente автор имя пользователь penulis pengguna
        nama_pengguna nama kullanıcı kullanıcı_adı isim yazar ユーザー ユーザー名 投稿者 名前
        用户 用户名 作者 昵称 評論者 작성자 닉네임 사용자 이름 المستخدم اسم اسم_المستخدم
        tên_người_dùng użytkownik
        user_id_or_name username_handle commenter commenter_name channel_title authorDisplayName
        author_display_name
        from_name sender sender_name 用户昵称 微博用户 昵称 网名 reviewer_nick adlar isimler
        kullanıcılar
    """),
    "review_id": _names("""
        review_id item_id id id_str tweet_id tweetid tweet_id_str post_id status_id comment_id
        uuid guid
        recommendationid recommendation_id review_uuid review_identifier reviewer_review_id
        external_id ext_id uri store_review_id review_key uniq_id message_id id.label _id
        идентификатор id_resena id_de_reseña 评论ID 리뷰ID
    """),
    "version": _names("""
        version app_version review_created_version app_version_name review_version im:version
        version_name build_version appver app_ver reviewed_version
        comments.userComment.appVersionName versión versão versione версия версия_приложения versi
        versi_aplikasi sürüm バージョン アプリバージョン 版本 版本号 버전 앱버전 الإصدار phiên_bản
        wersja versie
        review_created_version reviewCreatedVersion ver
    """),
    "country": _names("""
        country country_code territory storefront region store_country country_name review_country
        reviewer_country iso country_iso app_country consumer.countryCode user_country
        consumer.displayLocation review_location
        país pais land pays paese страна negara ülke ulke 国 国家 地区 국가 البلد quốc_gia kraj
    """),
    "lang": _names("""
        lang language language_code reviewer_language review_language reviewer_lang locale
        language_guess langs langs.0 detected_language tweet_language user_lang
        comments.userComment.reviewerLanguage predicted_langs idioma lingua sprache langue язык
        bahasa dil 言語 语言 語言 언어 اللغة język taal
    """),
    "thumbs_up": _names("""
        thumbs_up thumbs_up_count likes like_count likes_count helpful helpful_count helpful_votes
        helpful_vote votes_up upvotes up_votes upvote_count favorite_count favourites_count
        favourite_count favorites public_metrics.like_count im:voteSum vote_sum votes
        thumbsUpCount number_of_likes nb_likes n_likes like num_likes helpful_yes review_votes
        comments.userComment.thumbsUpCount vote_count
        total_thumbsup thumbs thumbsup helpfulness helpfulness_numerator useful_count useful
        no_of_likes
        number_of_likes total_likes reaction_count reactions_count points ups begenme begeni
        beğeni beğenme
        点赞数 点赞 赞 いいね いいね数 좋아요 공감수 me_gusta curtidas j_aime
    """),
    "reply_text": _names("""
        reply_text reply_content reply developer_response developer_response.body
        developerResponse.body developer_reply developer_reply_text company_reply.text
        companyReply.text company_reply_content company_response response response_text
        response_body dev_response reply_comment owner_response owner_reply owner_answer
        business_response answer developer_answer comments.developerComment.text reply.message
        response.attributes.responseBody developer_response_content reply_body replyContent
        respuesta respuesta_desarrollador resposta antwort antwort_des_entwicklers réponse
        risposta ответ ответ_разработчика balasan yanıt 返信 回复 开发者回复 답변 개발자_답변 رد
    """),
    "reply_at": _names("""
        reply_date replied_at reply_at reply_datetime developer_response.modified
        developerResponse.modified developer_response.lastModified developer_response_date
        developer_response_at developer_reply_date developer_reply_date_and_time
        company_reply_date company_reply_date_utc companyReply.createdAt
        reply.publishedDate reply_created_at response_date responded_at response_at
        response.attributes.lastModifiedDate timestamp_dev_responded
        comments.developerComment.lastModified.seconds fecha_respuesta antwortdatum date_reponse
    """),
    "source": _names("""
        source store platform network site source_name store_name review_source app_store
        marketplace channel os provider tienda plataforma plattform boutique plateforme
        площадка магазин ストア 平台 应用商店 스토어
    """),
    "kind": ("kind",),
    "rating_given": ("ratinggiven",),
    "url": _names("""
        url link permalink permalink_url review_url review_link tweet_url tweet_link post_url
        html_url permanent_url status_url external_url uri
    """),
    "app_id": _names("""
        app_id package_name package bundle_id bundle app_package package_id app application_id
        app_key app_name application application_name app_title product product_name product_id
        bank bank_name game game_name game_id service service_name brand brand_name company
        company_name
        airline app_store_id track_id track_name domain_url nama_aplikasi aplikasi aplicación
        aplicacion nombre_app banco marca produkt produkt_name produto prodotto produit
        anwendung приложение продукт uygulama アプリ アプリ名 应用 应用名称 應用 产品
        앱 앱이름 앱_이름
        التطبيق ứng_dụng aplikacja entity subject_app
        restaurant restaurant_name hotel hotel_name place place_name business business_name
        business_id
        shop shop_name store_title movie movie_name movie_title book book_title book_name
        course course_name seller merchant merchant_name website domain product_title item_name
        listing_id asin asins site_name game_title firm firm_name operator carrier university school
        вид_приложения банк 酒店 餐厅 商店 银行 품목 ร้าน แอป ngân_hàng
    """),
}  # fmt: skip


def fields_of(name: str) -> set[str]:
    """The fields that a column of this name may hold."""
    written = normal(name)
    return {held for held, names in FIELD_NAMES.items() if written in names}


def by_normal(columns: Iterable[str]) -> dict[str, str]:
    """The columns of a file by their normal names; of two with one name the first counts."""
    found: dict[str, str] = {}
    for column in columns:
        found.setdefault(normal(column), column)
    return found
